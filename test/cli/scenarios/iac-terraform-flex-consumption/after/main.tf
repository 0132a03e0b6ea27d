resource "azurerm_storage_account" "flex" {
  name                = "stflex"
  resource_group_name = var.resource_group
}

resource "azurerm_function_app_flex_consumption" "flex" {
  name                = "func-flex"
  resource_group_name = var.resource_group

  storage_container_type      = "blobContainer"
  storage_container_endpoint  = "${azurerm_storage_account.flex.primary_blob_endpoint}deployments"
  storage_authentication_type = "SystemAssignedIdentity"

  runtime_name    = "node"
  runtime_version = "20"

  site_config {}

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "flex_storage_blob_data_owner" {
  scope                = azurerm_storage_account.flex.id
  role_definition_name = "Storage Blob Data Owner"
  principal_id         = azurerm_function_app_flex_consumption.flex.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
