/**
 * Azure AI services share the signature `ACOG`; what the provider keeps for itself, the four characters before it, says
 * which of them a key is for. Others than these are accepted as well.
 */
const services: Readonly<Record<string, string>> = {
  AAAC: 'Anomaly Detector',
  AAAD: 'Anomaly Detector',
  AAAE: 'Azure AI services',
  AAAF: 'Azure AI Vision',
  AAAG: 'Content Moderator',
  AAAH: 'Azure AI Content Safety',
  AAAI: 'Custom Vision prediction',
  AAAJ: 'Custom Vision training',
  AAAK: 'Face',
  AAAL: 'Document Intelligence',
  AAAM: 'Health Decision Support',
  AAAN: 'Health Insights',
  AAAO: 'Immersive Reader',
  AAAR: 'LUIS authoring',
  AAAS: 'LUIS',
  AAAT: 'Metrics Advisor',
  AAAU: 'Personalizer',
  AAAV: 'QnA Maker',
  AAAW: 'QnA Maker',
  AAAX: 'Speaker Recognition',
  AAAY: 'Azure AI Speech',
  AAAZ: 'Speech Translation',
  AAAa: 'Azure AI Language',
  AAAb: 'Azure AI Translator',
  AAAf: 'Bing Autosuggest',
  AAAg: 'Bing Autosuggest',
  AAAh: 'Bing Custom Search',
  AAAi: 'Bing Custom Visual Search',
  AAAj: 'Bing Entity Search',
  AAAk: 'Bing Search',
  AAAl: 'Bing Search',
  AAAm: 'Bing Speech',
  AAAn: 'Bing Spell Check',
  AAAo: 'Bing Spell Check',
};

/** The service that an annotated key with the signature `ACOG` is for; `undefined` for Azure OpenAI and for all at once. */
export function cognitiveServiceOf(key: string): string | undefined {
  return services[key.slice(72, 76)];
}
