variable "hub_name" { type = string }
data "azurerm_eventhub_namespace" "eh" {
  name                = var.hub_name
  resource_group_name = "rg"
}
resource "azurerm_linux_function_app" "f" {
  name                 = "f"
  storage_account_name = "st"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "python"
    Telemetry__fullyQualifiedNamespace = "${data.azurerm_eventhub_namespace.eh.name}.servicebus.windows.net"
  }
  identity { type = "SystemAssigned" }
  site_config {}
}

resource "azurerm_role_assignment" "f_azure_event_hubs_data_receiver" {
  scope                = data.azurerm_eventhub_namespace.eh.id
  role_definition_name = "Azure Event Hubs Data Receiver"
  principal_id         = azurerm_linux_function_app.f.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "f_azure_event_hubs_data_sender" {
  scope                = data.azurerm_eventhub_namespace.eh.id
  role_definition_name = "Azure Event Hubs Data Sender"
  principal_id         = azurerm_linux_function_app.f.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
