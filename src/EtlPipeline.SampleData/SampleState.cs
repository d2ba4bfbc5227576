using EtlPipeline.SampleData.MasterData;
using EtlPipeline.SampleData.Orders;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData;

/// <summary>
/// The eleven tables at one moment, each in key order. Rows are made as they are read, so a table of any size needs no memory; it can be
/// read any number of times.
/// </summary>
public sealed class SampleState
{
    private readonly Scene _scene;

    internal SampleState(Scene scene) => _scene = scene;

    /// <summary>Where the company and its counterparties are.</summary>
    public IEnumerable<Address> Addresses => AddressRows.Of(_scene);

    /// <summary>Who is traded with.</summary>
    public IEnumerable<Counterparty> Counterparties => CounterpartyRows.Of(_scene);

    /// <summary>What is paid in.</summary>
    public IEnumerable<Currency> Currencies => CurrencyRows.Of(_scene);

    /// <summary>The company's departments.</summary>
    public IEnumerable<Department> Departments => DepartmentRows.Of(_scene);

    /// <summary>What is sold.</summary>
    public IEnumerable<Design> Designs => DesignRows.Of(_scene);

    /// <summary>What payments are for.</summary>
    public IEnumerable<PaymentType> PaymentTypes => PaymentTypeRows.Of(_scene);

    /// <summary>Who works for the company.</summary>
    public IEnumerable<Staff> Staff => StaffRows.Of(_scene);

    /// <summary>The sales.</summary>
    public IEnumerable<SalesOrder> SalesOrders => SalesOrderRows.Of(_scene);

    /// <summary>The purchases.</summary>
    public IEnumerable<PurchaseOrder> PurchaseOrders => PurchaseOrderRows.Of(_scene);

    /// <summary>One for each sale and purchase.</summary>
    public IEnumerable<Transaction> Transactions => TransactionRows.Of(_scene);

    /// <summary>One for each transaction.</summary>
    public IEnumerable<Payment> Payments => PaymentRows.Of(_scene);
}
