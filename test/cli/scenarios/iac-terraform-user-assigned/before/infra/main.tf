resource "azurerm_user_assigned_identity" "ingest" {
  name                = "id-ingest"
  resource_group_name = var.resource_group
  location            = var.location
}

data "azurerm_eventhub_namespace" "telemetry" {
  name                = "evh-telemetry"
  resource_group_name = var.resource_group
}

locals {
  hub = data.azurerm_eventhub_namespace.telemetry.default_primary_connection_string
}

resource "azurerm_windows_function_app" "ingest" {
  name                          = "func-ingest"
  resource_group_name           = var.resource_group
  location                      = var.location
  service_plan_id               = var.plan_id
  storage_account_name          = "stingest"
  storage_uses_managed_identity = true

  app_settings = {
    Telemetry = local.hub
    MODE      = "batch"
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.ingest.id]
  }

  site_config {}
}
