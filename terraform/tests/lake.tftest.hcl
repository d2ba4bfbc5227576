mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "lake" {
  command = plan

  assert {
    condition     = module.ingestion_bucket.expires_after_days == 60 && module.processed_bucket.expires_after_days == 60
    error_message = "Both buckets expire objects after 60 days."
  }
}

run "a_lake_that_keeps_all" {
  command = plan

  variables {
    expire_after_days = null
  }

  assert {
    condition     = module.ingestion_bucket.expires_after_days == null && module.processed_bucket.expires_after_days == null
    error_message = "A lake can keep all."
  }
}
