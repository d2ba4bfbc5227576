namespace EtlPipeline.SampleData.Orders;

/// <summary>The two kinds of order.</summary>
internal enum OrderKind
{
    Sale,
    Purchase,
}

/// <summary>That an order came in.</summary>
/// <param name="Kind">Sale or purchase.</param>
/// <param name="Number">Its key among those of its kind.</param>
/// <param name="TransactionNumber">The key of its transaction.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Designs">How many designs there were in the morning; a sale is of one of them.</param>
internal readonly record struct OrderPlacement(OrderKind Kind, int Number, int TransactionNumber, DateTime CreatedAt, int Designs)
{
    public DateOnly Date => DateOnly.FromDateTime(CreatedAt);

    /// <summary>All until the moment of a scene, deleted ones too, in the order of their transactions.</summary>
    public static IEnumerable<OrderPlacement> Of(Scene scene) => scene.Days
        .SelectMany(day => day.Placements(scene.Draws))
        .TakeWhile(order => scene.HasCome(order.CreatedAt));
}
