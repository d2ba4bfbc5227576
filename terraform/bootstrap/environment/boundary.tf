# The most that the roles of the functions and of the scheduler can ever do, whatever policies the deploy role gives them. The deploy role
# makes no role without it, and can't change it.
resource "aws_iam_policy" "boundary" {
  name        = "${var.name}-github-boundary"
  description = "The most that the roles of the pipeline ${var.name} can do."
  tags        = local.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Lake", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], Resource = concat(local.lake_arns, [for arn in local.lake_arns : "${arn}/*"]) },
      { Sid = "Logs", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = local.owned.logs },
      { Sid = "DeadLetters", Effect = "Allow", Action = ["sqs:SendMessage"], Resource = local.owned.queues },
      { Sid = "Start", Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = local.owned.functions },
      { Sid = "Passwords", Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = ["arn:${local.partition}:secretsmanager:${local.here}:secret:*"] },
      { Sid = "Tokens", Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${local.partition}:rds-db:${local.here}:dbuser:*"] },
      {
        Sid       = "PasswordsUnderOwnKeys"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = ["arn:${local.partition}:kms:${local.here}:key/*"]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
      },
      {
        Sid    = "Network"
        Effect = "Allow"
        Action = [
          "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
        ]
        Resource = ["*"]
      },
    ]
  })
}
