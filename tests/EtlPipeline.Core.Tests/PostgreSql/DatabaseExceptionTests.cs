using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Core.Tests.PostgreSql;

public sealed class DatabaseExceptionTests
{
    [Fact]
    public void A_value_that_does_not_fit_is_told_by_its_column()
    {
        var thrown = new PostgresException(
            "value \"private\" is too long", "ERROR", "ERROR", "22001", detail: "private", tableName: "staff", columnName: "name");

        Assert.Equal("the warehouse: a value does not fit column 'name' of 'staff' (22001)", DatabaseException.Of("the warehouse", thrown).Message);
    }

    [Fact]
    public void What_broke_a_connection_is_told()
    {
        var thrown = new NpgsqlException("Exception while reading from stream", new EndOfStreamException("the stream has ended"));

        Assert.Equal("the warehouse: the connection failed: the stream has ended; if the server was restarted, the next run carries on", DatabaseException.Of("the warehouse", thrown).Message);
    }

    [Fact]
    public void Anything_else_is_told_in_its_own_words() =>
        Assert.Equal("the warehouse: too late", DatabaseException.Of("the warehouse", new TimeoutException("too late")).Message);
}
