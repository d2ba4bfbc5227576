data "aws_caller_identity" "current" {}

resource "aws_iam_role" "this" {
  name                 = var.name
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "permissions"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.stage_statements, local.log_statements, local.dead_letter_statements, local.network_statements)
  })
}

# By itself, because a plan does not show it: nobody but the function has to know which secret or database user it is.
resource "aws_iam_role_policy" "secrets" {
  count = var.has_credentials ? 1 : 0

  name = "secrets"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.credential_statements : statement if length(statement.Resource) > 0]
  })
}

locals {
  credential_statements = [
    { Sid = "Password", Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = var.secrets },
    { Sid = "Token", Effect = "Allow", Action = ["rds-db:connect"], Resource = var.database_users },
  ]

  stage_statements = [for permission in var.permissions : merge(
    { Sid = permission.sid, Effect = "Allow", Action = permission.actions, Resource = permission.resources },
    length(permission.condition) == 0 ? {} : { Condition = permission.condition },
  )]

  log_statements = [{
    Sid      = "WriteLog"
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents"] # a stream for each execution environment, and its lines
    Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }]

  dead_letter_statements = [for queue in aws_sqs_queue.dead_letters : {
    Sid      = "KeepDeadLetters"
    Effect   = "Allow"
    Action   = ["sqs:SendMessage"] # Lambda sends as the function's role
    Resource = [queue.arn]
  }]
}
