# What Terraform knows of the deployment, passwords among it if they are variables; and the lock of a run, which lies beside it.
module "state_bucket" {
  source = "../modules/bucket"

  name                  = "${var.name}-state-${local.account_id}"
  keep_overwritten_days = 90
}

# The functions' zips, each under its hash. Nothing is overwritten, so an older one is always there to go back to.
module "code_bucket" {
  source = "../modules/bucket"

  name                  = "${var.name}-code-${local.account_id}"
  keep_overwritten_days = 90
}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
}
