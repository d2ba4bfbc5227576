locals {
  network_statements = [for statement in local.all_network_statements : statement if var.network != null]

  all_network_statements = [
    {
      Sid    = "JoinNetwork"
      Effect = "Allow"
      Action = [
        "ec2:CreateNetworkInterface",    # one for each pair of subnet and security groups
        "ec2:DescribeNetworkInterfaces", # to wait until it is there
        "ec2:DescribeSubnets",           # to place it
        "ec2:DeleteNetworkInterface",    # when the function goes, or moves
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ]
      Resource = ["*"] # what the service asks for: the interfaces have no name beforehand
    },
    {
      # Lambda needs these rights; the function's own code does not get them.
      Sid       = "NotTheCodeItself"
      Effect    = "Deny"
      Action    = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"]
      Resource  = ["*"]
      Condition = { ArnLike = { "lambda:SourceFunctionArn" = "arn:*:lambda:*:${data.aws_caller_identity.current.account_id}:function:${var.name}" } }
    },
  ]
}
