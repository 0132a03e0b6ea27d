"use strict";

const { DefaultAzureCredential, getBearerTokenProvider } = require("@azure/identity");
const { AzureOpenAI } = require("openai");

const client = new AzureOpenAI({ endpoint: "https://contoso-desk.openai.azure.com/", azureADTokenProvider: getBearerTokenProvider(new DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default"), apiVersion: "2024-10-21" });

/** Handles one mail. */
module.exports = async (/** @type {string} */ mail) => {
  const result = await client.chat.completions.create({
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: `Summarize:\n${mail}` }],
  });
  return result.choices[0]?.message.content;
};
