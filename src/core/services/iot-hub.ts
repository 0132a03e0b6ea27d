import { hasValidHisChecksum } from '../secrets/checksums.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { endOf32Bytes, isPlausibleLegacyKey } from '../secrets/grading.ts';
import { connectionStringKey, hostNear } from '../secrets/connection-string-key.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { sharedAccessSignature } from '../secrets/messaging.ts';
import { iotHubClients, iotHubGuides } from './clients/iot-hub.ts';
import type { CredentialFormat, CredentialMatch, CredentialPattern, Service } from './service.ts';

const iotHost = /(?<![a-z0-9-])([a-z0-9-]+)\.azure-devices(?:-provisioning)?\.(?:net|us|cn)/iu;
const base = {
  key: 'SharedAccessKey',
  value: '[A-Z0-9+/]{43}=',
  endpoint: ['hostname', 'endpoint', 'gatewayhostname'],
  host: iotHost,
};

function ofDevice(match: CredentialMatch): boolean {
  return match.connectionString().values.has('deviceid');
}

function argsNear(match: CredentialMatch): Record<string, string | undefined> {
  const { values } = match.connectionString();
  return {
    hub: iotHost.exec(values.get('hostname') ?? '')?.[1] ?? hostNear(match, iotHost),
    policy: values.get('sharedaccesskeyname'),
    device: values.get('deviceid'),
  };
}

/** The signature is the same for hubs and devices; the checksum, or else the connection string, tells them apart. */
function signedKey(device: boolean): CredentialPattern {
  const pattern = identifiableKeyPattern(device ? 'iotDevice' : 'iotHub', argsNear);
  return {
    ...pattern,
    grade(match) {
      const valid = hasValidHisChecksum(match.secret, ['Device00'])
        ? 'device'
        : hasValidHisChecksum(match.secret, ['IoTHub00', 'DpsKey00'])
          ? 'hub'
          : undefined;
      return (valid === undefined ? ofDevice(match) : valid === 'device') === device ? pattern.grade(match) : undefined;
    },
  };
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'iot-hub-access-key',
    title: 'Azure IoT Hub or Device Provisioning Service access key',
    message: 'The access key[ {policy}] of an Azure IoT service[, {hub},] is embedded here[: a {kind}][ ({note})].',
    leak: 'Whoever reads it can, as its policy allows, read and control every device, register new ones and read their messages.',
    remedy:
      'Let back ends connect with DefaultAzureCredential and IoT Hub Data Contributor (or a Device Provisioning Service data role), rotate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['AIoT', 'azure-devices'],
    patterns: [
      signedKey(false),
      connectionStringKey({
        ...base,
        claims: match => !ofDevice(match),
        args: (hub, values) => ({ hub, policy: values.get('sharedaccesskeyname') }),
      }),
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s =>
            `IOTHUB=HostName=contoso.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey=«${s.identifiableKey('iotHub')}»`,
        },
        {
          languageId: 'python',
          text: s =>
            `CS = "SharedAccessKey=«${s.identifiableKey('iotHub', 'DpsKey00')}»;SharedAccessKeyName=provisioningserviceowner;HostName=contoso.azure-devices-provisioning.net"`,
        },
        {
          languageId: 'csharp',
          text: s =>
            `ServiceClient.CreateFromConnectionString("HostName=contoso.azure-devices.net;SharedAccessKeyName=service;SharedAccessKey=«${s.legacyKey32()}»");`,
        },
        {
          languageId: 'plaintext',
          severity: 'warning',
          text: s => {
            const key = s.identifiableKey('iotHub');
            return `key: «${key.startsWith('a') ? 'b' : 'a'}${key.slice(1)}»`;
          },
        },
      ],
      silent: [
        {
          languageId: 'markdown',
          text: () =>
            'HostName=contoso.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey={your key here}',
          why: 'placeholder',
        },
        {
          languageId: 'c',
          text: () => 'HostName=%s;DeviceId=%s;SharedAccessKey=%s // azure-devices.net',
          why: 'format string',
        },
      ],
    },
  },
  {
    id: 'iot-device-key',
    title: 'Azure IoT device key',
    message: 'The key of an Azure IoT device[, {device}][ of {hub},] is embedded here[ ({note})].',
    leak: 'Whoever reads it can send messages as this device and receive what is meant for it.',
    remedy:
      'Give the device an X.509 certificate or a TPM, or let it fetch its key through the Device Provisioning Service; keep keys out of source code and firmware images, and replace this one.',
    inSettings: () =>
      'A device takes no Microsoft Entra token: give it an X.509 certificate or a TPM, or let it fetch its key from the Device Provisioning Service, then replace this key.',
    noIdentity: {
      why: 'A device takes no Microsoft Entra token: it signs in with a key of its own, a certificate or a TPM.',
      secretName: 'iot-device-connection-string',
    },
    severity: 'error',
    keywords: ['AIoT', 'azure-devices', 'symmetric_key', 'symmetrickey', 'symmetric-key'],
    patterns: [
      signedKey(true),
      {
        // Of a client of the Device Provisioning Service, and of the settings of IoT Edge.
        hint: endOf32Bytes,
        regex: assignmentOf(
          '(?:symmetric|device|individual|group)[_.-]?(?:primary[_.-]?|secondary[_.-]?)?key(?:["\']?\\s{0,4}[:=]\\s{0,4}\\{\\s{0,4}["\']?value)?',
          '[A-Z0-9+/]{43}=',
        ),
        grade: match =>
          isPlausibleLegacyKey(match.secret) &&
          match.mentions(/azure-devices|id_?scope|registration_?id|provisioning|iotedge|azure\.iot|azure-iot/iu)
            ? { severity: 'error', confidence: 'medium', args: { hub: hostNear(match, iotHost) } }
            : undefined,
      },
      {
        // As the registry exports devices.
        hint: endOf32Bytes,
        regex: assignmentOf('(?:primary|secondary)_?key', '[A-Z0-9+/]{43}='),
        grade: match =>
          isPlausibleLegacyKey(match.secret) &&
          /symmetric_?key/iu.test(match.text.slice(Math.max(0, match.span.start - 200), match.span.start))
            ? { severity: 'error', confidence: 'medium', args: { hub: hostNear(match, iotHost) } }
            : undefined,
      },
      connectionStringKey({
        ...base,
        claims: ofDevice,
        args: (hub, values) => ({ hub, device: values.get('deviceid') }),
      }),
    ],
    examples: {
      found: [
        {
          languageId: 'c',
          text: s =>
            `static const char* cs = "HostName=contoso.azure-devices.net;DeviceId=dev-01;SharedAccessKey=«${s.identifiableKey('iotDevice')}»";`,
        },
        {
          languageId: 'toml',
          text: s => `id_scope = "0ne00112233"\nsymmetric_key = { value = "«${s.legacyKey32()}»" }`,
        },
        {
          languageId: 'python',
          text: s =>
            `ProvisioningDeviceClient.create_from_symmetric_key(registration_id="r", id_scope="0ne00112233", symmetric_key="«${s.legacyKey32()}»")`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `Client.fromConnectionString("SharedAccessKey=«${s.legacyKey32()}»;DeviceId=d;ModuleId=m;HostName=contoso.azure-devices.net")`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => {
            const key = s.identifiableKey('iotDevice');
            return `cs: HostName=contoso.azure-devices.net;DeviceId=d;SharedAccessKey=«${key.startsWith('a') ? 'b' : 'a'}${key.slice(1)}»`;
          },
        },
      ],
      silent: [
        {
          languageId: 'typescript',
          text: () => '`HostName=contoso.azure-devices.net;DeviceId=${id};SharedAccessKey=${key}`',
          why: 'variable',
        },
      ],
    },
  },
  {
    id: 'iot-hub-sas-token',
    title: 'Azure IoT Hub shared access signature',
    message: 'A shared access signature[ for IoT hub {namespace}] is embedded here[ ({note})].',
    leak: 'Whoever reads it may act as the device or with the policy it was signed for until it expires.',
    remedy: 'Create signatures on the device just before use, or sign in with X.509 or DefaultAzureCredential.',
    severity: 'error',
    keywords: ['sharedaccesssignature'],
    patterns: [sharedAccessSignature(iotHost)],
    examples: {
      found: [
        {
          languageId: 'python',
          text: s =>
            `t = "SharedAccessSignature «sr=contoso.azure-devices.net%2Fdevices%2Fd1&sig=${s.sasSignature()}&se=32503680000»"`,
        },
        {
          languageId: 'plaintext',
          severity: 'information',
          text: s =>
            `SharedAccessSignature «sig=${s.sasSignature()}&se=1500000000&skn=device&sr=contoso.azure-devices.net»`,
        },
      ],
      silent: [
        {
          languageId: 'c',
          text: () => '"SharedAccessSignature sr=%s&sig=%s&se=%s"',
          why: 'format string',
        },
      ],
    },
  },
];

export const iotHub: Service = {
  id: 'iot-hub',
  name: 'Azure IoT Hub',
  documentation: 'https://learn.microsoft.com/azure/iot-hub/authenticate-authorize-azure-ad',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.Devices/IotHubs',
    terraform: {
      types: ['azurerm_iothub_shared_access_policy'],
      secrets: ['primary_key', 'secondary_key', 'primary_connection_string', 'secondary_connection_string'],
    },
    grants: ['4fc6c259-987e-4a07-842e-c321cc9d413f'],
  },
  sdk: { go: 'none' },
  operations: [
    {
      languages: {
        typescript: ['getTwin'],
        python: ['get_twin'],
        csharp: ['GetTwinAsync'],
      },
      dataActions: ['Microsoft.Devices/IotHubs/twins/read'],
    },
    {
      languages: {
        typescript: ['updateTwin', 'updateModuleTwin'],
        python: ['update_twin', 'replace_twin'],
        csharp: ['UpdateTwinAsync', 'ReplaceTwinAsync'],
        java: ['patch'],
      },
      dataActions: ['Microsoft.Devices/IotHubs/twins/write'],
    },
    {
      languages: {
        python: ['get_device', 'get_devices'],
        csharp: ['GetDeviceAsync'],
        java: ['getDevice'],
      },
      dataActions: ['Microsoft.Devices/IotHubs/devices/read'],
    },
    {
      languages: {
        typescript: ['addDevices'],
        python: ['create_device_with_sas', 'create_device_with_x509', 'update_device_with_sas'],
        csharp: ['AddDeviceAsync', 'UpdateDeviceAsync'],
        java: ['addDevice', 'updateDevice'],
      },
      dataActions: ['Microsoft.Devices/IotHubs/devices/write'],
    },
    {
      languages: {
        typescript: ['removeDevices'],
        python: ['delete_device'],
        csharp: ['RemoveDeviceAsync'],
        java: ['removeDevice'],
      },
      dataActions: ['Microsoft.Devices/IotHubs/devices/delete'],
    },
    {
      languages: {
        typescript: ['invokeDeviceMethod'],
        python: ['invoke_device_method'],
        csharp: ['InvokeDeviceMethodAsync'],
        java: ['invoke'],
      },
      dataActions: ['Microsoft.Devices/IotHubs/directMethods/invoke/action'],
    },
    {
      languages: {
        python: ['send_c2d_message'],
        csharp: ['SendAsync'],
        java: ['send'],
      },
      dataActions: ['Microsoft.Devices/IotHubs/cloudToDeviceMessages/send/action'],
    },
  ],
  roles: [
    { name: 'IoT Hub Data Reader', id: 'b447c946-2db7-41ec-983d-d8bf3b1c77e3', grants: 'reads all data of the hub' },
    {
      name: 'IoT Hub Registry Contributor',
      id: '4ea46cd5-c1b2-4a8e-910b-273211f9ce47',
      grants: 'manages the device registry',
    },
    {
      name: 'IoT Hub Data Contributor',
      id: '4fc6c259-987e-4a07-842e-c321cc9d413f',
      grants: 'reads and writes all data of the hub',
    },
    {
      name: 'Device Provisioning Service Data Contributor',
      id: 'dfce44e4-17b7-4bd1-a6d1-04996ec95633',
      grants: 'manages enrolments',
    },
  ],
  rotation: {
    command: 'az iot hub policy renew-key --hub-name <name> --name <policy> --renew-key primary',
  },
  keysOff: {
    resourceType: 'Microsoft.Devices/IotHubs',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_iothub', property: 'local_authentication_enabled', value: false },
  },
  clients: iotHubClients,
  guided: iotHubGuides,
};
