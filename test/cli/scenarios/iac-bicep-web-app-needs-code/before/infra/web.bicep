resource ai 'Microsoft.CognitiveServices/accounts@2023-05-01' existing = {
  name: 'ai-chat'
}

resource chat 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'chat'
  location: resourceGroup().location
  properties: {
    template: {
      containers: [
        {
          name: 'chat'
          image: 'contoso.azurecr.io/chat:1'
          env: [
            { name: 'AZURE_OPENAI_ENDPOINT', value: ai.properties.endpoint }
            { name: 'AZURE_OPENAI_API_KEY', value: ai.listKeys().key1 }
          ]
        }
      ]
    }
  }
}
