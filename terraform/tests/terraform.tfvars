# A deployment for the tests to look at; each run says what differs.
alarm_email        = "data-team@example.com"
oltp               = { host = "oltp.example.com", user = "etl_reader" }
oltp_password      = "planted-oltp-password"
warehouse          = { host = "warehouse.example.com", user = "etl_loader" }
warehouse_password = "planted-warehouse-password"

packages = {
  extract   = "extract/1111111111111111111111111111111111111111111111111111111111111111.zip"
  transform = "transform/2222222222222222222222222222222222222222222222222222222222222222.zip"
  load      = "load/3333333333333333333333333333333333333333333333333333333333333333.zip"
}
