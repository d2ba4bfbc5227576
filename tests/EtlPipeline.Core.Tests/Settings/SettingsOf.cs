using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Settings;

/// <summary>Settings that a test puts together.</summary>
internal sealed class SettingsOf : Dictionary<string, string?>
{
    public SettingsOf()
    {
    }

    public SettingsOf(SettingsOf others) : base(others)
    {
    }

    public static SettingsOf Everything => new()
    {
        ["AWS_INGEST_BUCKET"] = "ingestion",
        ["AWS_PROCESS_BUCKET"] = "processed",
        ["TOTE_SYS_DB_HOST"] = "oltp.example",
        ["TOTE_SYS_DB_DB"] = "totesys",
        ["TOTE_SYS_DB_USER"] = "reader",
        ["TOTE_SYS_DB_PASSWORD"] = "s3cret",
        ["WAREHOUSE_DB_HOST"] = "warehouse.example",
        ["WAREHOUSE_DB_DB"] = "warehouse",
        ["WAREHOUSE_DB_USER"] = "writer",
        ["WAREHOUSE_DB_PASSWORD"] = "s3cret",
    };

    public T Read<T>(Func<SettingsReader, T> read)
    {
        var reader = new SettingsReader(name => this.GetValueOrDefault(name));
        var settings = read(reader);
        reader.ThrowIfInvalid();
        return settings;
    }

    /// <summary>The faults that reading ends with.</summary>
    public IReadOnlyList<string> Faults<T>(Func<SettingsReader, T> read) =>
        Assert.Throws<InvalidSettingsException>(() => Read(read)).Faults;
}
