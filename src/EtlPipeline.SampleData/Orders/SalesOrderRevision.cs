namespace EtlPipeline.SampleData.Orders;

/// <summary>How often each column of a sales order was changed in silence; each time it moves on, so it never becomes what it was.</summary>
internal struct SalesOrderRevision
{
    public int Staff;
    public int Design;
    public int DeliveryDate;
    public int DeliveryLocation;

    public void Change(int column)
    {
        switch (column)
        {
            case 0: Staff++; break;
            case 1: Design++; break;
            case 2: DeliveryDate++; break;
            default: DeliveryLocation++; break;
        }
    }
}
