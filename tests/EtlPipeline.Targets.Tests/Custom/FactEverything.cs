using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets.Tests.Custom;

/// <summary>A fact with a composite key and a column of every kind, each optional.</summary>
internal sealed class FactEverything : Fact<FactEverything.Everything>
{
    public FactEverything() : base("fact_everything", source: "everything", recordId: "everything_record_id", comment: "Everything.")
    {
        BigIntKey("shop_id", from: "shop");
        TextKey("code", from: "code");
        Boolean("boolean", row => row.Boolean).Optional();
        SmallInt("smallint", row => row.SmallInt).Optional();
        Integer("integer", row => row.Integer).Optional();
        BigInt("bigint", row => row.BigInt).Optional();
        Numeric("price", 5, 2, row => row.Price).Optional();
        Numeric("wide", 40, 10, row => row.Wide).Optional();
        Numeric("numeric", row => row.Numeric).Optional();
        Real("real", row => row.Real).Optional();
        DoublePrecision("double", row => row.Double).Optional();
        Text("text", row => row.Text).Optional();
        Varchar("varchar", 3, row => row.Varchar).Optional();
        Date("date", row => row.Date).Optional();
        Time("time", row => row.Time).Optional();
        Timestamp("timestamp", row => row.Timestamp).Optional();
        TimestampTz("timestamptz", row => row.TimestampTz).Optional();
        Uuid("uuid", row => row.Uuid).Optional();
        Jsonb("jsonb", row => row.Jsonb).Optional();
        Bytea("bytea", row => row.Bytea).Optional();
        Array("array", "integer", row => row.Array).Optional();
    }

    protected override Everything Read(SourceRow row) => new(
        Boolean: row.OptionalBoolean("boolean"),
        SmallInt: row.OptionalSmallInt("smallint"),
        Integer: row.OptionalInteger("integer"),
        BigInt: row.OptionalBigInt("bigint"),
        Price: row.OptionalNumeric("price"),
        Wide: row.OptionalDigits("wide"),
        Numeric: row.OptionalDigits("numeric"),
        Real: row.OptionalReal("real"),
        Double: row.OptionalDoublePrecision("double"),
        Text: row.OptionalText("text"),
        Varchar: row.OptionalText("varchar"),
        Date: row.OptionalDate("date"),
        Time: row.OptionalTime("time"),
        Timestamp: row.OptionalTimestamp("timestamp"),
        TimestampTz: row.OptionalTimestampTz("timestamptz"),
        Uuid: row.OptionalUuid("uuid"),
        Jsonb: row.OptionalText("jsonb"),
        Bytea: row.OptionalBytea("bytea"),
        Array: row.OptionalText("array"));

    internal sealed record Everything(
        bool? Boolean,
        short? SmallInt,
        int? Integer,
        long? BigInt,
        decimal? Price,
        string? Wide,
        string? Numeric,
        float? Real,
        double? Double,
        string? Text,
        string? Varchar,
        DateOnly? Date,
        TimeOnly? Time,
        Timestamp? Timestamp,
        DateTimeOffset? TimestampTz,
        Guid? Uuid,
        string? Jsonb,
        byte[]? Bytea,
        string? Array);
}
