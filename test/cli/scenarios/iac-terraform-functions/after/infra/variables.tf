variable "location" {
  type    = string
  default = "westeurope"
}

variable "db_password" {
  type        = string
  description = "Of the database" # from the pipeline
  sensitive   = true
}
