#include "ui/training/runsmodel.h"

#include "ui/training/runcolors.h"
#include "ui/training/trainingtext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFont>
#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmap>

#include <algorithm>
#include <iterator>

namespace digitpad {

namespace {

bool readable(const RunRecord& run)
{
    return run.state != RunState::Damaged && run.state != RunState::Newer;
}

QString presetTitle(const QString& name)
{
    const Preset* preset = findPreset(name);
    return preset != nullptr ? preset->title : name;
}

QString knownPercent(double part)
{
    return part < 0 ? QString() : percentText(part, 2);
}

QString startText(const RunRecord& run)
{
    return run.started.isValid() ? numberLocale().toString(run.started.toLocalTime(), QLocale::ShortFormat)
                                 : QString();
}

bool isNumber(int column)
{
    return column >= RunsModel::Parameters && column <= RunsModel::Duration;
}

bool darkGround()
{
    return QGuiApplication::palette().color(QPalette::Base).lightness() < 128;
}

} // namespace

QString runStateText(RunState state)
{
    switch (state) {
    case RunState::Running:
        return RunsModel::tr("Running");
    case RunState::Interrupted:
        return RunsModel::tr("Interrupted");
    case RunState::Completed:
        return RunsModel::tr("Completed");
    case RunState::Stopped:
        return RunsModel::tr("Stopped");
    case RunState::Failed:
        return RunsModel::tr("Failed");
    case RunState::Damaged:
        return RunsModel::tr("Damaged");
    case RunState::Newer:
        return RunsModel::tr("From a newer version");
    }
    return {};
}

RunsModel::RunsModel(RunStore* store, QObject* parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_runs(store->runs())
{
    connect(m_store, &RunStore::changed, this, &RunsModel::update);
}

const RunRecord* RunsModel::runAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_runs[static_cast<std::size_t>(row)] : nullptr;
}

int RunsModel::rowOf(const QString& folder) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [&folder](const RunRecord& run) { return run.folder == folder; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

/// Runs come and go at any place; what stays keeps its row's identity.
void RunsModel::update()
{
    const std::vector<RunRecord>& wanted = m_store->runs();
    const auto has = [](const std::vector<RunRecord>& runs, const QString& folder) {
        return std::any_of(runs.begin(), runs.end(),
                           [&folder](const RunRecord& run) { return run.folder == folder; });
    };
    const qsizetype shownBefore = m_shown.size();
    for (int row = rowCount() - 1; row >= 0; --row) {
        const QString folder = m_runs[static_cast<std::size_t>(row)].folder;
        if (!has(wanted, folder)) {
            beginRemoveRows({}, row, row);
            m_runs.erase(m_runs.begin() + row);
            m_shown.remove(folder);
            endRemoveRows();
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i < m_runs.size() && m_runs[i].folder == wanted[i].folder) {
            m_runs[i] = wanted[i];
        } else if (!has(m_runs, wanted[i].folder)) {
            beginInsertRows({}, static_cast<int>(i), static_cast<int>(i));
            m_runs.insert(m_runs.begin() + static_cast<std::ptrdiff_t>(i), wanted[i]);
            endInsertRows();
        }
    }
    if (!m_runs.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
    if (m_shown.size() != shownBefore) {
        Q_EMIT shownRunsChanged(shownRuns());
    }
}

QStringList RunsModel::shownRuns() const
{
    QStringList folders(m_shown.begin(), m_shown.end());
    folders.sort();
    return folders;
}

void RunsModel::setShownRuns(const QStringList& folders)
{
    m_shown = QSet<QString>(folders.begin(), folders.end());
    if (!m_runs.empty()) {
        Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::CheckStateRole});
    }
    Q_EMIT shownRunsChanged(shownRuns());
}

void RunsModel::setRunStyle(const QString& folder, int style)
{
    m_styles[folder] = style;
    if (const int row = rowOf(folder); row >= 0) {
        Q_EMIT dataChanged(index(row, Name), index(row, Name), {Qt::DecorationRole});
    }
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RunsModel::text(const RunRecord& run, int column) const
{
    if (!readable(run) && column != Name && column != State && column != Started) {
        return {};
    }
    const TrainingOptions& training = run.options.training;
    switch (column) {
    case Name:
        return run.name.isEmpty() ? QFileInfo(run.folder).fileName() : run.name;
    case State:
        return runStateText(run.state);
    case Preset:
        return presetTitle(run.preset);
    case Data:
        return run.dataNames;
    case Network:
        return QString::fromStdString(training.network);
    case Parameters:
        return run.parameters > 0 ? countText(run.parameters) : QString();
    case Epochs:
        return run.epochsDone == training.epochs ? countText(run.epochsDone)
                                                 : tr("%1 of %2").arg(run.epochsDone).arg(training.epochs);
    case Validation:
        return knownPercent(run.bestValidationAccuracy);
    case Test:
        return knownPercent(run.testAccuracy);
    case Duration:
        return durationText(run.seconds);
    case Started:
        return startText(run);
    case Note:
        return run.note.simplified();
    default:
        return {};
    }
}

QVariant RunsModel::sortValue(const RunRecord& run, int column) const
{
    switch (column) {
    case Parameters:
        return run.parameters;
    case Epochs:
        return run.epochsDone;
    case Validation:
        return run.bestValidationAccuracy;
    case Test:
        return run.testAccuracy;
    case Duration:
        return run.seconds;
    case Started:
        return run.started;
    default:
        return text(run, column).toCaseFolded();
    }
}

/// The line as the charts draw it; empty for a run that is not shown.
QPixmap RunsModel::lineSample(const QString& folder) const
{
    constexpr int width = 26;
    constexpr int height = 12;
    const int style = m_styles.value(folder, -1);
    const double ratio = qGuiApp->devicePixelRatio();
    QPixmap pixmap(QSize(width, height) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    if (style >= 0 && m_shown.contains(folder)) {
        QPen pen(runColor(style, darkGround()), 2.2);
        if (const QList<qreal> dash = runDash(style); !dash.isEmpty()) {
            pen.setDashPattern(dash);
        }
        QPainter painter(&pixmap);
        painter.setPen(pen);
        painter.drawLine(QPointF(1, height / 2.0), QPointF(width - 1, height / 2.0));
    }
    return pixmap;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    const RunRecord* run = runAt(index.row());
    if (run == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return text(*run, index.column());
    case Qt::EditRole:
        return index.column() == Note ? run->note : text(*run, index.column());
    case Qt::ToolTipRole:
        return run->problem.isEmpty() ? text(*run, index.column()) : run->problem;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::CheckStateRole:
        return index.column() == Name && readable(*run)
                   ? QVariant(m_shown.contains(run->folder) ? Qt::Checked : Qt::Unchecked)
                   : QVariant();
    case Qt::DecorationRole:
        return index.column() == Name ? QVariant(lineSample(run->folder)) : QVariant();
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                                text(*run, index.column()));
    case SortRole:
        return sortValue(*run, index.column());
    case FolderRole:
        return run->folder;
    default:
        return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const RunRecord* run = runAt(index.row());
    if (run == nullptr) {
        return false;
    }
    if (role == Qt::CheckStateRole && index.column() == Name) {
        if (value.toInt() == Qt::Checked) {
            m_shown.insert(run->folder);
        } else {
            m_shown.remove(run->folder);
        }
        Q_EMIT dataChanged(index, index, {Qt::CheckStateRole, Qt::DecorationRole});
        Q_EMIT shownRunsChanged(shownRuns());
        return true;
    }
    const QString written = value.toString().trimmed();
    if (role == Qt::EditRole && index.column() == Name && !written.isEmpty() && written != run->name) {
        m_store->setTexts(run->folder, written, run->note);
        return true;
    }
    if (role == Qt::EditRole && index.column() == Note && written != run->note) {
        m_store->setTexts(run->folder, run->name, written);
        return true;
    }
    return false;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList titles = {tr("Name"),    tr("State"),      tr("Preset"),  tr("Data"),
                                tr("Network"), tr("Parameters"), tr("Epochs"),  tr("Validation"),
                                tr("Test"),    tr("Time"),       tr("Started"), tr("Note")};
    return titles.value(section);
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    const RunRecord* run = runAt(index.row());
    if (run != nullptr && readable(*run)) {
        if (index.column() == Name) {
            flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
        } else if (index.column() == Note) {
            flags |= Qt::ItemIsEditable;
        }
    }
    return flags;
}

} // namespace digitpad
