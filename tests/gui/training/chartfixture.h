#pragma once

#include "tests/gui/training/curvefixture.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotview.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTest>

#include <memory>

namespace digitpad::test {

/// Charts in a window of their own, with nothing chosen before.
class ChartFixture
{
public:
    ChartFixture()
    {
        QSettings().clear();
        show();
    }
    /// Anew, with what was remembered.
    void show()
    {
        chart.reset();
        chart = std::make_unique<MetricsChart>();
        chart->resize(700, 560);
        chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(chart.get()));
    }
    [[nodiscard]] const PlotScene& scene(Metric metric = Metric::Loss) const
    {
        return chart->plot(metric)->scene();
    }
    /// Of the run on top.
    [[nodiscard]] std::size_t batches() const
    {
        return scene().runs.empty() ? 0 : scene().runs.back().curves->batches.size();
    }
    template <class T>
    T* child(const char* name) const
    {
        auto* found = chart->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no child named %s", name);
        }
        return found;
    }
    /// "run-0", called "Run 0", and so on.
    void addRuns(int count) const
    {
        for (int i = 0; i < count; ++i) {
            chart->setRun(QStringLiteral("run-%1").arg(i), QStringLiteral("Run %1").arg(i),
                          makeCurves({10, 50, 0.05, unsigned(i + 1), true}));
        }
        chart->flush();
    }

    std::unique_ptr<MetricsChart> chart;
};

inline constexpr std::int64_t epochBatches = 100;

/// Feeds the chart's run in progress.
class LiveRun
{
public:
    LiveRun(MetricsChart& chart, int epochs)
        : m_chart(chart)
    {
        chart.beginRun(QStringLiteral("live"), QStringLiteral("Live run"), epochs);
    }

    void batches(int count, double loss)
    {
        QVector<BatchPoint> points;
        for (int i = 0; i < count; ++i) {
            points.append({++m_step, float(loss), 0.9F, 1e-3F, 2.0F});
        }
        BatchProgress newest;
        newest.batches = epochBatches;
        newest.step = m_step;
        m_chart.addBatches(newest, points);
    }
    void epoch(double validationLoss, double accuracy)
    {
        EpochMetrics metrics;
        metrics.epoch = ++m_epoch;
        metrics.step = m_epoch * epochBatches;
        metrics.trainingLoss = validationLoss;
        metrics.validationLoss = validationLoss;
        metrics.trainingAccuracy = accuracy - 0.01;
        metrics.validationAccuracy = accuracy;
        m_chart.addEpoch(metrics);
    }

private:
    MetricsChart& m_chart;
    std::int64_t m_step = 0;
    int m_epoch = 0;
};

} // namespace digitpad::test
