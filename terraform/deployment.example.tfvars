# What a deployment by hand needs to say; variables are described in *.variables.tf.
# terraform plan -var-file=my.tfvars -var='packages={...}'
alarm_email = "data-team@example.com"

oltp = {
  host = "totesys.example.com"
  user = "etl_reader"
}
oltp_password_secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:totesys-reader-AbCdEf"

warehouse = {
  host = "warehouse.example.com"
  user = "etl_loader"
}
warehouse_password_secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:warehouse-loader-AbCdEf"

# Account and version differ by region: AWS lists them on "Using the AWS Parameters and Secrets Lambda extension".
secrets_extension_layer_arn = "arn:aws:lambda:eu-west-2:123456789012:layer:AWS-Parameters-and-Secrets-Lambda-Extension:12"
