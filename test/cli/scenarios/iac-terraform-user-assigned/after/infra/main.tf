resource "azurerm_user_assigned_identity" "ingest" {
  name                = "id-ingest"
  resource_group_name = var.resource_group
  location            = var.location
}

data "azurerm_eventhub_namespace" "telemetry" {
  name                = "evh-telemetry"
  resource_group_name = var.resource_group
}

resource "azurerm_windows_function_app" "ingest" {
  name                          = "func-ingest"
  resource_group_name           = var.resource_group
  location                      = var.location
  service_plan_id               = var.plan_id
  storage_account_name          = "stingest"
  storage_uses_managed_identity = true

  app_settings = {
    Telemetry__fullyQualifiedNamespace = "${data.azurerm_eventhub_namespace.telemetry.name}.servicebus.windows.net"
    Telemetry__credential = "managedidentity"
    Telemetry__clientId = azurerm_user_assigned_identity.ingest.client_id
    MODE      = "batch"
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.ingest.id]
  }

  site_config {}
}

resource "azurerm_role_assignment" "ingest_azure_event_hubs_data_receiver" {
  scope                = data.azurerm_eventhub_namespace.telemetry.id
  role_definition_name = "Azure Event Hubs Data Receiver"
  principal_id         = azurerm_user_assigned_identity.ingest.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "ingest_azure_event_hubs_data_sender" {
  scope                = data.azurerm_eventhub_namespace.telemetry.id
  role_definition_name = "Azure Event Hubs Data Sender"
  principal_id         = azurerm_user_assigned_identity.ingest.principal_id
  principal_type       = "ServicePrincipal"
}
