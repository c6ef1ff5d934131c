using FsCheck;
using FsCheck.Fluent;

namespace SafeLaunch.Tests.Model;

/// <summary>Plans by chance, and the smaller plans that are made of a failing plan.</summary>
internal static class Plans
{
    private const int MostActs = 8;

    public static Arbitrary<Plan> Any()
    {
        var acts =
            from count in Gen.Choose(0, MostActs)
            from some in Gen.Elements(Enum.GetValues<Act>()).ArrayOf(count)
            select some;
        var plans =
            from style in Gen.Elements(Enum.GetValues<Style>())
            from cancelled in Gen.Choose(0, 9)
            from count in Gen.Choose(1, 3)
            from actors in acts.ArrayOf(count)
            select new Plan(style, cancelled == 0, actors);
        return Arb.From(plans, Shrink);
    }

    private static IEnumerable<Plan> Shrink(Plan plan)
    {
        if (plan.IsStartCancelled)
        {
            yield return plan with { IsStartCancelled = false };
        }

        for (var actor = 0; actor < plan.Actors.Length; actor++)
        {
            yield return plan with { Actors = Without(plan.Actors, actor) };
            for (var act = 0; act < plan.Actors[actor].Length; act++)
            {
                Act[][] actors = [.. plan.Actors];
                actors[actor] = Without(actors[actor], act);
                yield return plan with { Actors = actors };
            }
        }
    }

    private static T[] Without<T>(T[] items, int index) => [.. items.Where((_, at) => at != index)];
}
