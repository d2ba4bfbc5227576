# A deployment for the tests to look at; each run says what differs.
alarm_email        = "data-team@example.com"
oltp               = { host = "oltp.example.com", user = "etl_reader" }
oltp_password      = "planted-oltp-password"
warehouse          = { host = "warehouse.example.com", user = "etl_loader" }
warehouse_password = "planted-warehouse-password"

packages = {
  extract   = { key = "extract/1111111111111111111111111111111111111111111111111111111111111111.zip", hash = "ERERERERERERERERERERERERERERERERERERERERERE=" }
  transform = { key = "transform/2222222222222222222222222222222222222222222222222222222222222222.zip", hash = "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI=" }
  load      = { key = "load/3333333333333333333333333333333333333333333333333333333333333333.zip", hash = "MzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzM=" }
}
