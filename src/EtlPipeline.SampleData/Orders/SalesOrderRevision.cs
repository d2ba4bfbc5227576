namespace EtlPipeline.SampleData.Orders;

/// <summary>How often each column of a sales order was changed in silence. Every change moves its value on, so none is a change to what was there.</summary>
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
