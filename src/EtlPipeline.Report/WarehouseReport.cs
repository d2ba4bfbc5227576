using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Report.Pages;
using Npgsql;

namespace EtlPipeline.Report;

/// <summary>One HTML page that shows what is in a warehouse. It needs no network and no other file.</summary>
/// <param name="warehouse">The warehouse.</param>
/// <param name="clock">Tells when the report was made, and how old the last load is.</param>
public sealed class WarehouseReport(PostgreSqlDatabase warehouse, TimeProvider clock)
{
    /// <summary>Writes the page to a file and overwrites what was there.</summary>
    /// <param name="path">The file. Its folder is created if it is missing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    /// <exception cref="PipelineException">The file could not be written.</exception>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var page = await MakeAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await File.WriteAllTextAsync(path, page, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The report can't be written to {path}: {exception.Message} Choose another file with --output.", exception);
        }
    }

    /// <summary>Makes the page.</summary>
    public async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return ReportPage.Write(await ReadAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellationToken), now);
    }

    private async Task<ReportFigures> ReadAsync(DateOnly today, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await ReportSession.OpenAsync(warehouse, cancellationToken);
            return await new ReportReader(session, today).ReadAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw warehouse.Failure(exception);
        }
    }
}
