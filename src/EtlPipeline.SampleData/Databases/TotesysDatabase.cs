using EtlPipeline.SampleData.Tables;
using Npgsql;

namespace EtlPipeline.SampleData.Databases;

/// <summary>
/// Brings a history into a database that has the tables of <see cref="TotesysSchema"/>, in the first schema of the session's search path.
/// The history says which keys its rows have, so rows that are inserted beside it need keys far above.
/// </summary>
public static class TotesysDatabase
{
    private const int TransactionsOfAnAdvance = 8;

    /// <summary>Fills empty tables with the rows of a moment, in one transaction, and sets the sequences.</summary>
    /// <exception cref="PostgresException">A table is missing, or has rows of the same keys; nothing was written.</exception>
    public static async Task FillAsync(
        NpgsqlConnection connection, SampleHistory history, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var state = history.At(moment);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var table in TotesysTables.All)
        {
            await TableWriter.CopyAsync(connection, table, table.Name, table.RowsOf(state), cancellationToken);
            await TableSequence.SetAsync(connection, table, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Lets a database that is at one moment live on to another, in eight transactions of an equal share of the time each. It is then,
    /// row by row, as if it had been filled with the later moment.
    /// </summary>
    /// <param name="connection">The session, without a transaction.</param>
    /// <param name="history">The history that the database was filled with.</param>
    /// <param name="from">The moment that the database is at.</param>
    /// <param name="to">A later moment.</param>
    /// <param name="cancellationToken">Ends the work; the transactions that committed stay.</param>
    /// <exception cref="ArgumentOutOfRangeException">The second moment is before the first.</exception>
    /// <exception cref="PostgresException">The database is not at the first moment.</exception>
    public static async Task AdvanceAsync(
        NpgsqlConnection connection, SampleHistory history, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var earlier = history.At(from);
        for (var step = 1; step <= TransactionsOfAnAdvance; step++)
        {
            var later = history.At(from + (to - from) * step / TransactionsOfAnAdvance);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await HistoryStep.ApplyAsync(connection, earlier, later, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            earlier = later;
        }
    }

    /// <summary>
    /// Does the same in one transaction, and leaves it open. Extracts that run before the caller commits see none of it; when it commits,
    /// its rows have a <c>last_updated</c> that is older than those extracts, so only their transaction ids tell.
    /// </summary>
    /// <returns>The open transaction; disposing it without a commit rolls back.</returns>
    /// <inheritdoc cref="AdvanceAsync"/>
    public static async Task<NpgsqlTransaction> BeginLateTransactionAsync(
        NpgsqlConnection connection, SampleHistory history, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await HistoryStep.ApplyAsync(connection, history.At(from), history.At(to), cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
