# What a deployment by hand needs to say; variables are described in *.variables.tf. Copy it to my.auto.tfvars.
alarm_email = "data-team@example.com"

oltp = {
  host = "totesys.example.com"
  user = "etl_reader"
}
oltp_password_secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:totesys-etl/oltp-AbCdEf"

warehouse = {
  host = "warehouse.example.com"
  user = "etl_loader"
}
warehouse_password_secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:totesys-etl/warehouse-AbCdEf"
