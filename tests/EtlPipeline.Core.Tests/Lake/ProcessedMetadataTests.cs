using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class ProcessedMetadataTests
{
    private static readonly ProcessedMetadata Example = new() { Rows = 20, Rejected = 0, IsWhole = true, KeyColumn = "staff_id", Sha256 = "0123456789abcdef" };

    [Theory]
    [InlineData(0, true, false, true)]
    [InlineData(1, true, false, false)]
    [InlineData(0, false, false, false)]
    [InlineData(0, true, true, false)]
    public void A_version_is_complete_where_it_is_whole_readable_and_nothing_was_rejected(long rejected, bool whole, bool unreadable, bool complete)
    {
        var metadata = Example with { Rejected = rejected, IsWhole = whole, IsUnreadable = unreadable };

        Assert.Equal(complete, metadata.IsComplete);
        Assert.Equal(metadata, ProcessedMetadata.Read(metadata.ToObjectMetadata()));
    }

    [Fact]
    public void Missing_metadata_are_null() => Assert.Null(ProcessedMetadata.Read(ObjectMetadata.Empty));

    [Theory]
    [InlineData("format", "0")]
    [InlineData("rows", "-1")]
    [InlineData("rows", "many")]
    [InlineData("rejected", "")]
    [InlineData("whole", "1")]
    [InlineData("unreadable", "no")]
    public void Metadata_with_a_damaged_value_are_null(string name, string value) =>
        Assert.Null(ProcessedMetadata.Read(Changed(name, value)));

    [Fact]
    public void Metadata_that_lack_a_value_are_null() =>
        Assert.All((Example with { Sha256 = null }).ToObjectMetadata(), pair => Assert.Null(ProcessedMetadata.Read(Changed(pair.Key, null))));

    [Fact]
    public void Only_the_hash_may_be_missing() => Assert.Null(ProcessedMetadata.Read(Changed("sha-256", null))!.Sha256);

    private static ObjectMetadata Changed(string name, string? value)
    {
        var metadata = new ObjectMetadata { { name, value } };
        foreach (var (other, kept) in Example.ToObjectMetadata().Where(pair => pair.Key != name)) metadata.Add(other, kept);
        return metadata;
    }
}
