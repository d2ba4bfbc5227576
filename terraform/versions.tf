terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # Bucket, key and region come from `terraform init -backend-config=...`; bootstrap/ makes the bucket.
  backend "s3" {
    use_lockfile = true
    encrypt      = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { Pipeline = var.name }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
