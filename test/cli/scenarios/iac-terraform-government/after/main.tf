terraform { required_version = ">= 1.6" }
provider "azurerm" {
  features {}
  environment = "usgovernment"
}
variable "apps" { type = set(string) }
resource "azurerm_storage_account" "main" {
  for_each = var.apps
  name     = "st${each.key}"
}
resource "azurerm_servicebus_namespace" "bus" {
  count = var.bus ? 1 : 0
  name  = "sb"
}
resource "azurerm_eventhub_namespace" "eh" {
  name = "eh"
  location = "usgovvirginia"
}
resource "azurerm_linux_function_app" "f" {
  name = "f"
  app_settings = merge(local.common, {
    "FUNCTIONS_WORKER_RUNTIME" = "python"
    "AzureWebJobsStorage" = azurerm_storage_account.main["a"].primary_connection_string
    "Bus" = azurerm_servicebus_namespace.bus[0].default_primary_connection_string
    "Telemetry__fullyQualifiedNamespace" = "${azurerm_eventhub_namespace.eh.name}.servicebus.usgovcloudapi.net"
    "SCRIPT" = <<-EOT
      export KEY=${azurerm_storage_account.main["a"].primary_access_key}
    EOT
  })
  site_config {}

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "f_azure_event_hubs_data_receiver" {
  scope                = azurerm_eventhub_namespace.eh.id
  role_definition_name = "Azure Event Hubs Data Receiver"
  principal_id         = azurerm_linux_function_app.f.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "f_azure_event_hubs_data_sender" {
  scope                = azurerm_eventhub_namespace.eh.id
  role_definition_name = "Azure Event Hubs Data Sender"
  principal_id         = azurerm_linux_function_app.f.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
output "key" {
  value     = azurerm_eventhub_namespace.eh.default_primary_key
  sensitive = true
}
