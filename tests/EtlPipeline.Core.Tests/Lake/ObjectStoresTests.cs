using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Core.Lake.S3;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class ObjectStoresTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-pipeline-test-");
    private readonly ObjectStores _stores = new(new Uri("http://127.0.0.1:9"), TimeProvider.System);

    public void Dispose()
    {
        _stores.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_file_uri_is_a_folder_in_whatever_form()
    {
        string[] forms =
        [
            new Uri(_folder.FullName).AbsoluteUri,
            $"file:{_folder.FullName}",
            $"file:{Path.GetRelativePath(Environment.CurrentDirectory, _folder.FullName)}",
        ];

        var expected = new Uri(_folder.FullName).AbsoluteUri;
        Assert.All(forms, form => Assert.Equal(expected, Assert.IsType<FolderObjectStore>(_stores.Open(form)).Name));
    }

    [Fact]
    public void Any_other_text_is_a_bucket_of_S3()
    {
        var store = Assert.IsType<S3ObjectStore>(_stores.Open("etl-ingestion"));
        Assert.Equal("etl-ingestion", store.Name);
    }

    [Theory]
    [InlineData("./lake/ingestion")]
    [InlineData("lake/ingestion")]
    [InlineData("~/lake")]
    public void A_path_without_file_is_no_bucket_and_the_error_says_how_to_write_it(string path)
    {
        var error = Assert.Throws<ObjectStoreException>(() => _stores.Open(path));

        Assert.EndsWith($"write file:{path}", error.Message, StringComparison.Ordinal);
    }
}
