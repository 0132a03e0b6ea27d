resource "azurerm_container_registry" "main" {
  name                = "contosoimages"
  resource_group_name = var.resource_group
  location            = var.location
  sku                 = "Basic"
  admin_enabled       = false # for the pipeline
}

resource "azurerm_linux_web_app" "api" {
  for_each = var.regions
  name     = "api-${each.key}"

  app_settings = {
    CACHE = azurerm_redis_cache.main.primary_connection_string
  }
}
