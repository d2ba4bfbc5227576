locals {
  console = "https://${var.region}.console.aws.amazon.com"
}

output "functions" {
  description = "The names of the functions, and the newest version of each: it is tried out before the alias `live` moves to it."
  value       = { for key, stage in local.stages : key => { name = stage.function.name, version = stage.function.version } }
}

output "region" {
  description = "The AWS region that everything lies in."
  value       = var.region
}

output "log_groups" {
  description = "The names of the functions' log groups."
  value       = { for key, stage in local.stages : key => stage.function.log_group }
}

output "buckets" {
  description = "The names of the two buckets of the lake."
  value       = { ingestion = module.ingestion_bucket.name, processed = module.processed_bucket.name }
}

output "tables" {
  description = "The source tables that are ingested."
  value       = var.tables
}

output "dead_letter_queues" {
  description = "The URLs of the queues of events whose tries have all failed."
  value = {
    transform = module.transform.dead_letter_queue.url
    load      = module.load.dead_letter_queue.url
    scheduler = aws_sqs_queue.scheduler_dead_letters.url
  }
}

output "console" {
  description = "Where to look in the AWS console."
  value = {
    dashboard = "${local.console}/cloudwatch/home?region=${var.region}#dashboards/dashboard/${var.name}"
    alarms    = "${local.console}/cloudwatch/home?region=${var.region}#alarmsV2:?search=${var.name}"
    queries   = "${local.console}/cloudwatch/home?region=${var.region}#logsV2:logs-insights"
    extract   = "${local.console}/lambda/home?region=${var.region}#/functions/${module.extract.name}?tab=monitoring"
    transform = "${local.console}/lambda/home?region=${var.region}#/functions/${module.transform.name}?tab=monitoring"
    load      = "${local.console}/lambda/home?region=${var.region}#/functions/${module.load.name}?tab=monitoring"
    ingestion = "https://s3.console.aws.amazon.com/s3/buckets/${module.ingestion_bucket.name}?region=${var.region}"
    processed = "https://s3.console.aws.amazon.com/s3/buckets/${module.processed_bucket.name}?region=${var.region}"
  }
}
