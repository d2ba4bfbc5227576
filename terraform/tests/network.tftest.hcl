mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "without_a_network" {
  command = plan

  assert {
    condition     = length(module.extract.network) == 0 && length(module.load.network) == 0 && length(aws_vpc_endpoint.s3) == 0
    error_message = "Without network, nothing lies in a VPC."
  }

  assert {
    condition     = !strcontains(module.extract.policy, "ec2:")
    error_message = "Without network, no role touches EC2."
  }
}

run "with_a_network" {
  command = plan

  variables {
    network = {
      subnet_ids         = ["subnet-0a", "subnet-0b"]
      security_group_ids = ["sg-0a"]
      vpc_id             = "vpc-0a"
      route_table_ids    = ["rtb-0a"]
    }
  }

  assert {
    condition     = try(module.extract.network[0].subnet_ids == toset(["subnet-0a", "subnet-0b"]) && module.load.network[0].security_group_ids == toset(["sg-0a"]), false)
    error_message = "Extract and Load run in the given subnets and security groups."
  }

  assert {
    condition     = length(module.transform.network) == 0
    error_message = "Transform, which needs S3 alone, stays outside."
  }

  assert {
    condition     = try(aws_vpc_endpoint.s3[0].vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3[0].service_name == "com.amazonaws.eu-west-2.s3" && aws_vpc_endpoint.s3[0].route_table_ids == toset(["rtb-0a"]), false)
    error_message = "S3 is reached through a gateway endpoint."
  }

  assert {
    condition     = length([for statement in jsondecode(module.load.policy).Statement : statement if statement.Effect == "Deny" && contains(statement.Action, "ec2:CreateNetworkInterface")]) == 1
    error_message = "The functions' own code makes no network interfaces."
  }

  assert {
    condition = alltrue([for statement in jsondecode(module.extract.policy).Statement :
    alltrue([for action in statement.Action : startswith(action, "ec2:")]) if contains(statement.Resource, "*")])
    error_message = "Only the rights on network interfaces name no resource."
  }
}
