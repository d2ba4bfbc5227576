# What the two roles may do, to the things of this pipeline alone. Names are whole, so that `totesys-etl` has no say over `totesys-etl-staging`.
locals {
  stages       = ["extract", "transform", "load"]
  here         = "${var.region}:${local.account_id}"
  lake_buckets = concat(var.lake_buckets, ["${var.name}-ingestion-${local.account_id}", "${var.name}-processed-${local.account_id}"])
  lake_arns    = [for bucket in local.lake_buckets : "arn:${local.partition}:s3:::${bucket}"]
  roles        = [for owner in concat(local.stages, ["scheduler"]) : "arn:${local.partition}:iam::${local.account_id}:role/${var.name}-${owner}"]

  owned = {
    functions  = flatten([for stage in local.stages : [for part in ["", ":*"] : "arn:${local.partition}:lambda:${local.here}:function:${var.name}-${stage}${part}"]])
    logs       = flatten([for stage in local.stages : [for part in ["", ":*"] : "arn:${local.partition}:logs:${local.here}:log-group:/aws/lambda/${var.name}-${stage}${part}"]])
    queues     = [for owner in ["transform", "load", "scheduler"] : "arn:${local.partition}:sqs:${local.here}:${var.name}-${owner}-dead-letters"]
    topics     = [for part in ["", ":*"] : "arn:${local.partition}:sns:${local.here}:${var.name}-alarms${part}"]
    schedules  = [for stage in local.stages : "arn:${local.partition}:scheduler:${local.here}:schedule/default/${var.name}-${stage}"]
    alarms     = ["arn:${local.partition}:cloudwatch:${local.here}:alarm:${var.name}/*"]
    dashboards = ["arn:${local.partition}:cloudwatch::${local.account_id}:dashboard/${var.name}"]
    budgets    = ["arn:${local.partition}:budgets::${local.account_id}:budget/${var.name}"]
  }

  # Who plans reads the state, and writes the lock beside it: nothing else.
  lock_statements = [
    { Sid = "FindState", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.state_bucket.arn] },
    { Sid = "ReadState", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${module.state_bucket.arn}/*"] },
    { Sid = "Lock", Effect = "Allow", Action = ["s3:PutObject", "s3:DeleteObject"], Resource = ["${module.state_bucket.arn}/*.tflock"] },
  ]

  state_statements = [
    { Sid = "WriteState", Effect = "Allow", Action = ["s3:PutObject"], Resource = ["${module.state_bucket.arn}/*.tfstate"] },
  ]

  read_statements = [
    {
      Sid    = "ReadOwned"
      Effect = "Allow"
      Action = [
        "lambda:Get*", "lambda:List*", "sqs:Get*", "sqs:List*", "sns:Get*", "sns:List*", "scheduler:Get*", "scheduler:List*",
        "cloudwatch:Get*", "cloudwatch:List*", "logs:List*", "budgets:ViewBudget", "budgets:ListTagsForResource",
      ]
      Resource = flatten(values(local.owned))
    },
    { Sid = "ReadRoles", Effect = "Allow", Action = ["iam:Get*", "iam:List*"], Resource = local.roles },
    {
      Sid    = "ReadBucketSettings"
      Effect = "Allow"
      Action = [
        "s3:GetBucket*", "s3:GetLifecycleConfiguration", "s3:GetEncryptionConfiguration", "s3:GetAccelerateConfiguration",
        "s3:GetReplicationConfiguration", "s3:ListBucket", "s3:ListTagsForResource",
      ]
      Resource = local.lake_arns
    },
    {
      Sid      = "ReadExtensionsLayer" # AWS publishes the newest one's ARN there
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = ["arn:${local.partition}:ssm:${var.region}::parameter/aws/service/aws-parameters-and-secrets-lambda-extension/*"]
    },
    {
      Sid      = "ReadWhatHasNoName" # these actions know no narrower resource, or look before there is one
      Effect   = "Allow"
      Action   = ["cloudwatch:DescribeAlarms", "logs:DescribeLogGroups", "logs:DescribeMetricFilters", "logs:DescribeQueryDefinitions", "ec2:Describe*", "sns:GetSubscriptionAttributes", "lambda:GetLayerVersion"]
      Resource = ["*"]
    },
  ]

  write_statements = [
    {
      Sid      = "ChangeOwned"
      Effect   = "Allow"
      Action   = ["lambda:*", "sqs:*", "sns:*", "scheduler:*", "cloudwatch:*", "logs:*", "budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"]
      Resource = flatten(values(local.owned))
    },
    {
      Sid       = "GiveRights" # under the boundary only
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary"]
      Resource  = local.roles
      Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
    },
    {
      Sid      = "ChangeRoles" # these actions know no boundary, and give no rights
      Effect   = "Allow"
      Action   = ["iam:DeleteRole", "iam:UpdateRole", "iam:UpdateAssumeRolePolicy", "iam:TagRole", "iam:UntagRole"]
      Resource = local.roles
    },
    {
      Sid       = "HandOverRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = local.roles
      Condition = { StringEquals = { "iam:PassedToService" = ["lambda.amazonaws.com", "scheduler.amazonaws.com"] } }
    },
    {
      Sid    = "ChangeBuckets" # not their objects: the lake is out of reach
      Effect = "Allow"
      Action = [
        "s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucket*", "s3:DeleteBucketPolicy", "s3:PutLifecycleConfiguration",
        "s3:PutEncryptionConfiguration", "s3:TagResource", "s3:UntagResource",
      ]
      Resource = local.lake_arns
    },
    { Sid = "BringCode", Effect = "Allow", Action = ["s3:PutObject", "s3:GetObject"], Resource = ["${module.code_bucket.arn}/*"] },
    { Sid = "FindCode", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.code_bucket.arn] },
    {
      Sid      = "ChangeWhatHasNoName"
      Effect   = "Allow"
      Action   = ["logs:PutQueryDefinition", "logs:DeleteQueryDefinition", "sns:Unsubscribe", "ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint", "ec2:DeleteVpcEndpoints", "ec2:CreateTags"]
      Resource = ["*"]
    },
  ]
}
