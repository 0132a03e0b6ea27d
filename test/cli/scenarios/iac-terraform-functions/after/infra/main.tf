terraform {
  required_version = ">= 1.5"
}

resource "azurerm_storage_account" "main" {
  name                     = "stordersfunc"
  resource_group_name      = azurerm_resource_group.main.name
  location                 = azurerm_resource_group.main.location
  account_tier             = "Standard"
  account_replication_type = "LRS"
}

resource "azurerm_servicebus_namespace" "bus" {
  name                = "sb-orders"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  sku                 = "Standard"
}

resource "azurerm_linux_function_app" "orders" {
  name                = "func-orders"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  service_plan_id     = azurerm_service_plan.main.id

  storage_account_name       = azurerm_storage_account.main.name
  storage_uses_managed_identity = true

  site_config {
    application_stack {
      python_version = "3.12"
    }
  }

  app_settings = {
    # incoming orders
    "OrdersBus__fullyQualifiedNamespace" = replace(replace(azurerm_servicebus_namespace.bus.endpoint, "https://", ""), ":443/", "")
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "orders_azure_service_bus_data_receiver" {
  scope                = azurerm_servicebus_namespace.bus.id
  role_definition_name = "Azure Service Bus Data Receiver"
  principal_id         = azurerm_linux_function_app.orders.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "orders_azure_service_bus_data_sender" {
  scope                = azurerm_servicebus_namespace.bus.id
  role_definition_name = "Azure Service Bus Data Sender"
  principal_id         = azurerm_linux_function_app.orders.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "orders_storage_blob_data_owner" {
  scope                = azurerm_storage_account.main.id
  role_definition_name = "Storage Blob Data Owner"
  principal_id         = azurerm_linux_function_app.orders.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
