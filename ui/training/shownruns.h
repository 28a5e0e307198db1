#pragma once

#include <QObject>
#include <QStringList>

#include <memory>

namespace digitpad {

class MetricsChart;
class RunsModel;
class RunStore;
struct RunCurves;

/// Lays the runs that are ticked in the list over each other in the charts, and remembers them from one time
/// to the next. GUI thread only.
class ShownRuns : public QObject
{
    Q_OBJECT

public:
    /// The three outlive it.
    ShownRuns(RunStore* store, RunsModel* list, MetricsChart* charts, QObject* parent = nullptr);

    /// Ticks those of the last time; for when the store has read its runs.
    void restore();
    /// The run in progress, which the charts show anyway; it is remembered with the others.
    void setNewest(const QString& folder);

private:
    void onTicked(const QStringList& folders);
    void onCurves(const QString& folder, const std::shared_ptr<const RunCurves>& curves);
    void remember() const;

    RunStore* m_store;
    RunsModel* m_list;
    MetricsChart* m_charts;
    QStringList m_shown; ///< Folders of the runs that are ticked.
    QString m_newest;
};

} // namespace digitpad
