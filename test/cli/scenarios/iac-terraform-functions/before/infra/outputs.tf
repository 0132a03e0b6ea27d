output "bus" {
  value = azurerm_servicebus_namespace.bus.default_primary_connection_string
}

output "host" {
  value = azurerm_linux_function_app.orders.default_hostname
}
