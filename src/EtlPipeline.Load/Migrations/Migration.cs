using System.Globalization;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Migrations;

/// <summary>A step in the warehouse's history: a <c>.sql</c> file of this folder, named <c>0001_what_it_does.sql</c>. One that was released is never edited.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">The file's name without its ending.</param>
internal sealed record Migration(int Number, string Name)
{
    private const string Folder = "Migrations/";

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. from resource in typeof(Migration).Assembly.GetManifestResourceNames()
           where resource.StartsWith(Folder, StringComparison.Ordinal)
           let name = Path.GetFileNameWithoutExtension(resource)
           let migration = new Migration(int.Parse(name.Split('_')[0], CultureInfo.InvariantCulture), name)
           orderby migration.Number
           select migration,
    ];

    public string ReadSql() => SqlScript.ReadResource($"{Folder}{Name}.sql");
}
