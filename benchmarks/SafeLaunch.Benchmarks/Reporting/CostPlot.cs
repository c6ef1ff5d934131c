using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>The cost of a number of launches, both on logarithmic scales: a straight line is a cost that grows with the number and no faster.</summary>
public static class CostPlot
{
    public static void Save(string path, IReadOnlyList<Cost> points)
    {
        var plot = new PlotModel { Title = "Launches at once", Background = OxyColors.White };
        plot.Legends.Add(new Legend { LegendPosition = LegendPosition.LeftTop });
        plot.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = "launches", MajorGridlineStyle = LineStyle.Dot });
        plot.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Left, Title = "milliseconds for all", MajorGridlineStyle = LineStyle.Dot });
        plot.Series.Add(Line("start", points.Select(point => new DataPoint(point.Launches, point.Start))));
        plot.Series.Add(Line("stop", points.Select(point => new DataPoint(point.Launches, point.Stop))));

        using var file = File.Create(path);
        new SvgExporter { Width = 640, Height = 400 }.Export(plot, file);
    }

    private static LineSeries Line(string title, IEnumerable<DataPoint> points)
    {
        var line = new LineSeries { Title = title, MarkerType = MarkerType.Circle };
        line.Points.AddRange(points);
        return line;
    }
}
