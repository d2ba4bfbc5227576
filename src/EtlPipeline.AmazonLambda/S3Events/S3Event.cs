using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.S3Events;

/// <summary>
/// A notification of Amazon S3 (AWS, <i>Event message structure</i>). All of its members are here, whether or not the functions use them: a
/// member of another type than the package's would take events that the package refuses.
/// </summary>
public class S3Event
{
    /// <summary>What happened, a record each.</summary>
    public List<S3EventNotificationRecord>? Records { get; set; }

    /// <summary>One thing that happened to one object.</summary>
    public class S3EventNotificationRecord
    {
        /// <summary>The bucket's region.</summary>
        public string? AwsRegion { get; set; }

        /// <summary>What happened, such as <c>ObjectCreated:Put</c>.</summary>
        public string? EventName { get; set; }

        /// <summary><c>aws:s3</c>.</summary>
        public string? EventSource { get; set; }

        /// <summary>When S3 had done it.</summary>
        public DateTime EventTime { get; set; }

        /// <summary>The version of this structure.</summary>
        public string? EventVersion { get; set; }

        /// <summary>Where the request came from.</summary>
        public RequestParametersEntity? RequestParameters { get; set; }

        /// <summary>The ids of S3's answer.</summary>
        public ResponseElementsEntity? ResponseElements { get; set; }

        /// <summary>The object.</summary>
        public S3Entity? S3 { get; set; }

        /// <summary>Who did it.</summary>
        public UserIdentityEntity? UserIdentity { get; set; }

        /// <summary>Of a restored object.</summary>
        public S3GlacierEventDataEntity? GlacierEventData { get; set; }
    }

    /// <summary>The object, in its bucket.</summary>
    public class S3Entity
    {
        /// <summary>The id of the notification's configuration.</summary>
        public string? ConfigurationId { get; set; }

        /// <summary>The bucket.</summary>
        public S3BucketEntity? Bucket { get; set; }

        /// <summary>The object.</summary>
        [SuppressMessage("Naming", "CA1720", Justification = "The package's name for it.")]
        public S3ObjectEntity? Object { get; set; }

        /// <summary>The version of this structure.</summary>
        public string? S3SchemaVersion { get; set; }
    }

    /// <summary>A bucket.</summary>
    public class S3BucketEntity
    {
        /// <summary>Its name.</summary>
        public string? Name { get; set; }

        /// <summary>Its owner.</summary>
        public UserIdentityEntity? OwnerIdentity { get; set; }

        /// <summary>Its ARN.</summary>
        public string? Arn { get; set; }
    }

    /// <summary>An object.</summary>
    public class S3ObjectEntity
    {
        /// <summary>Its key, encoded as in a URL's query.</summary>
        public string? Key { get; set; }

        /// <summary>Its key.</summary>
        public string? KeyDecoded => WebUtility.UrlDecode(Key);

        /// <summary>Its size in bytes.</summary>
        public long Size { get; set; }

        /// <summary>Its entity tag.</summary>
        public string? ETag { get; set; }

        /// <summary>Its version, in a bucket with versions.</summary>
        public string? VersionId { get; set; }

        /// <summary>Puts the events of one key in order.</summary>
        public string? Sequencer { get; set; }
    }

    /// <summary>Somebody.</summary>
    public class UserIdentityEntity
    {
        /// <summary>Their id.</summary>
        public string? PrincipalId { get; set; }
    }

    /// <summary>Where a request came from.</summary>
    public class RequestParametersEntity
    {
        /// <summary>Its address.</summary>
        public string? SourceIPAddress { get; set; }
    }

    /// <summary>The ids of S3's answer, for its support.</summary>
    public class ResponseElementsEntity
    {
        /// <summary>The host's.</summary>
        [JsonPropertyName("x-amz-id-2")]
        public string? XAmzId2 { get; set; }

        /// <summary>The request's.</summary>
        [JsonPropertyName("x-amz-request-id")]
        public string? XAmzRequestId { get; set; }
    }

    /// <summary>Of a restored object.</summary>
    public class S3GlacierEventDataEntity
    {
        /// <summary>How it was restored.</summary>
        public S3RestoreEventDataEntity? RestoreEventData { get; set; }
    }

    /// <summary>How an object was restored.</summary>
    public class S3RestoreEventDataEntity
    {
        /// <summary>When the copy expires.</summary>
        public DateTime LifecycleRestorationExpiryTime { get; set; }

        /// <summary>The storage class it came from.</summary>
        public string? LifecycleRestoreStorageClass { get; set; }
    }
}
