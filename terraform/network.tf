locals {
  function_network = var.network == null ? null : {
    subnet_ids         = var.network.subnet_ids
    security_group_ids = var.network.security_group_ids
  }

  s3_endpoints = [for network in var.network[*] : network if network.vpc_id != null]
}

# The way to S3 from subnets without a NAT gateway.
resource "aws_vpc_endpoint" "s3" {
  count = length(local.s3_endpoints)

  vpc_id            = local.s3_endpoints[count.index].vpc_id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = local.s3_endpoints[count.index].route_table_ids
}
