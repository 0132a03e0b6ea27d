resource "azurerm_storage_account" "flex" {
  name                = "stflex"
  resource_group_name = var.resource_group
}

resource "azurerm_function_app_flex_consumption" "flex" {
  name                = "func-flex"
  resource_group_name = var.resource_group

  storage_container_type      = "blobContainer"
  storage_container_endpoint  = "${azurerm_storage_account.flex.primary_blob_endpoint}deployments"
  storage_authentication_type = "StorageAccountConnectionString"
  storage_access_key          = azurerm_storage_account.flex.primary_access_key

  runtime_name    = "node"
  runtime_version = "20"

  site_config {}
}
