#include "ui/training/shownruns.h"

#include "core/learning/runstore.h"
#include "ui/training/metricschart.h"
#include "ui/training/runsmodel.h"

#include <QSettings>

namespace digitpad {

namespace {

QString settingsKey()
{
    return QStringLiteral("training/shownRuns");
}

} // namespace

ShownRuns::ShownRuns(RunStore* store, RunsModel* list, MetricsChart* charts, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_list(list)
    , m_charts(charts)
{
    connect(m_store, &RunStore::curvesRead, this, &ShownRuns::onCurves);
    connect(m_list, &RunsModel::shownRunsChanged, this, &ShownRuns::onTicked);
    connect(m_charts, &MetricsChart::runVisibilityChanged, this, [this](const QString& id, bool visible) {
        m_list->setRunStyle(id, visible ? m_charts->runStyle(id) : -1);
    });
}

void ShownRuns::restore()
{
    m_list->setShownRuns(QSettings().value(settingsKey()).toStringList());
}

void ShownRuns::setNewest(const QString& folder)
{
    m_newest = folder;
    remember();
}

void ShownRuns::onTicked(const QStringList& folders)
{
    for (const QString& folder : std::as_const(m_shown)) {
        if (!folders.contains(folder)) {
            m_charts->removeRun(folder);
            m_list->setRunStyle(folder, m_charts->runStyle(folder));
        }
    }
    for (const QString& folder : folders) {
        if (!m_shown.contains(folder)) {
            m_store->readCurves(folder);
        }
    }
    m_shown = folders;
    remember();
}

void ShownRuns::onCurves(const QString& folder, const std::shared_ptr<const RunCurves>& curves)
{
    const RunRecord* run = m_store->run(folder);
    if (run == nullptr || !m_shown.contains(folder)) {
        return; // Deleted, or unticked again, meanwhile.
    }
    m_charts->setRun(folder, run->name, curves);
    m_list->setRunStyle(folder, m_charts->runStyle(folder));
}

void ShownRuns::remember() const
{
    QStringList folders = m_shown;
    if (!m_newest.isEmpty() && !folders.contains(m_newest)) {
        folders += m_newest;
    }
    QSettings().setValue(settingsKey(), folders);
}

} // namespace digitpad
