provider "azurerm" {
  features {}
}
module "app" {
  source   = "./modules/app"
  hub_name = "eh"
}
