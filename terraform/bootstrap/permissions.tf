# What the two roles may do, to things whose names begin with the pipeline's. The deploy role makes roles of that name with any rights:
# guard the environment `production` as you would the account.
locals {
  lake_buckets = concat(var.lake_buckets, ["${var.name}-ingestion-${local.account_id}", "${var.name}-processed-${local.account_id}"])
  lake_arns    = [for bucket in local.lake_buckets : "arn:${local.partition}:s3:::${bucket}"]
  here         = "${var.region}:${local.account_id}"

  owned = {
    functions  = "arn:${local.partition}:lambda:${local.here}:function:${var.name}-*"
    roles      = "arn:${local.partition}:iam::${local.account_id}:role/${var.name}-*"
    queues     = "arn:${local.partition}:sqs:${local.here}:${var.name}-*"
    topics     = "arn:${local.partition}:sns:${local.here}:${var.name}-*"
    schedules  = "arn:${local.partition}:scheduler:${local.here}:schedule/default/${var.name}-*"
    alarms     = "arn:${local.partition}:cloudwatch:${local.here}:alarm:${var.name}-*"
    dashboards = "arn:${local.partition}:cloudwatch::${local.account_id}:dashboard/${var.name}*"
    logs       = "arn:${local.partition}:logs:${local.here}:log-group:/aws/lambda/${var.name}-*"
  }

  state_statements = [
    { Sid = "FindState", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.state_bucket.arn] },
    {
      Sid      = "StateAndLock"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"] # PutObject and DeleteObject for the lock, too
      Resource = ["${module.state_bucket.arn}/*"]
    },
  ]

  read_statements = [
    {
      Sid      = "ReadOwned"
      Effect   = "Allow"
      Action   = ["lambda:Get*", "lambda:List*", "iam:Get*", "iam:List*", "sqs:Get*", "sqs:List*", "sns:Get*", "sns:List*", "scheduler:Get*", "scheduler:List*", "cloudwatch:Get*", "cloudwatch:List*", "logs:List*"]
      Resource = values(local.owned)
    },
    {
      Sid      = "ReadBucketSettings"
      Effect   = "Allow"
      Action   = ["s3:GetBucket*", "s3:GetLifecycleConfiguration", "s3:GetEncryptionConfiguration", "s3:GetAccelerateConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket"]
      Resource = local.lake_arns
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
      Action   = ["lambda:*", "sqs:*", "sns:*", "scheduler:*", "cloudwatch:*", "logs:*"]
      Resource = concat(values(local.owned), ["${local.owned.logs}:*"])
    },
    {
      Sid      = "ChangeRoles"
      Effect   = "Allow"
      Action   = ["iam:CreateRole", "iam:DeleteRole", "iam:UpdateRole", "iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:TagRole", "iam:UntagRole", "iam:PassRole"]
      Resource = [local.owned.roles]
    },
    {
      Sid      = "ChangeBuckets" # not their objects: the lake is out of reach
      Effect   = "Allow"
      Action   = ["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucket*", "s3:DeleteBucketPolicy", "s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration"]
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
