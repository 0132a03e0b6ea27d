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
    Telemetry                = data.azurerm_eventhub_namespace.eh.default_primary_connection_string
  }
  identity { type = "SystemAssigned" }
  site_config {}
}
