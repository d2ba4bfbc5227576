namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>How the built-in types are written. Their oids never change (PostgreSQL, <i>pg_type.dat</i>).</summary>
internal static class ColumnFormats
{
    public static ColumnFormat OfType(uint oid) => oid switch
    {
        16 => ColumnFormat.Boolean,
        17 => ColumnFormat.Binary,
        20 or 21 or 23 or 700 or 701 or 1700 => ColumnFormat.Number,
        1114 => ColumnFormat.Timestamp,
        1184 => ColumnFormat.TimestampWithTimeZone,
        _ => ColumnFormat.Text,
    };
}
