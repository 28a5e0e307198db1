#include "ui/training/runsmodel.h"

#include "ui/training/runcolors.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
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

constexpr RunsModel::Column firstFree = RunsModel::Preset;
constexpr QSize sampleSize(26, 12);

QPixmap linePicture(int style, bool onGround)
{
    const QColor base = QGuiApplication::palette().color(QPalette::Base);
    const double ratio = qGuiApp->devicePixelRatio();
    QPixmap pixmap(sampleSize * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    if (style < 0) {
        return pixmap;
    }
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    if (onGround) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(base);
        painter.drawRoundedRect(QRectF(QPointF(), sampleSize), 3, 3);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    QPen pen(runColor(style, base.lightness() < 128), 2.2);
    if (const QList<qreal> dash = runDash(style); !dash.isEmpty()) {
        pen.setDashPattern(dash);
    }
    painter.setPen(pen);
    const double inset = onGround ? 3 : 1;
    const double y = sampleSize.height() / 2.0;
    painter.drawLine(QPointF(inset, y), QPointF(sampleSize.width() - inset, y));
    return pixmap;
}

} // namespace

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

void RunsModel::update()
{
    Records wanted;
    for (const RunRecord& run : m_store->runs()) {
        wanted.insert(run.folder, &run);
    }
    if (m_runs.empty()) {
        beginResetModel();
        m_runs = m_store->runs();
        endResetModel();
        return;
    }
    const qsizetype shownBefore = m_shown.size();
    removeMissing(wanted);
    changeKept(wanted);
    insertNew();
    if (m_shown.size() != shownBefore) {
        Q_EMIT shownRunsChanged(shownRuns());
    }
}

void RunsModel::removeMissing(const Records& wanted)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        const QString folder = runAt(row)->folder;
        if (!wanted.contains(folder)) {
            beginRemoveRows({}, row, row);
            m_runs.erase(m_runs.begin() + row);
            m_shown.remove(folder);
            m_styles.remove(folder);
            endRemoveRows();
        }
    }
}

/// Only rows that became others are told of: each is sorted and filtered anew.
void RunsModel::changeKept(const Records& wanted)
{
    for (int row = 0; row < rowCount(); ++row) {
        RunRecord& run = m_runs[static_cast<std::size_t>(row)];
        if (const RunRecord& now = *wanted.value(run.folder); run != now) {
            run = now;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

void RunsModel::insertNew()
{
    QSet<QString> known;
    for (const RunRecord& run : m_runs) {
        known.insert(run.folder);
    }
    const std::vector<RunRecord>& wanted = m_store->runs();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!known.contains(wanted[i].folder)) {
            const int row = static_cast<int>(std::min(i, m_runs.size()));
            beginInsertRows({}, row, row);
            m_runs.insert(m_runs.begin() + row, wanted[i]);
            endInsertRows();
        }
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
        Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name),
                           {Qt::CheckStateRole, Qt::DecorationRole});
    }
    Q_EMIT shownRunsChanged(shownRuns());
}

void RunsModel::showRuns(const QStringList& folders, bool shown)
{
    QStringList all = shownRuns();
    for (const QString& folder : folders) {
        const RunRecord* run = runAt(rowOf(folder));
        if (!shown) {
            all.removeAll(folder);
        } else if (run != nullptr && readable(*run) && !all.contains(folder)) {
            all += folder;
        }
    }
    setShownRuns(all);
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
    if (!readable(run) && column == firstFree) {
        return run.problem; // Why nothing else is known of it; a view has room for it over the empty cells.
    }
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

/// The line as the charts draw it, empty for a run that is not shown. On a selected row it lies on the
/// charts' ground: the colours are made for that, and not for the highlight.
QIcon RunsModel::lineSample(const QString& folder) const
{
    const int style = m_shown.contains(folder) ? m_styles.value(folder, -1) : -1;
    QIcon icon(linePicture(style, false));
    icon.addPixmap(linePicture(style, true), QIcon::Selected);
    return icon;
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
    case ProblemRole:
        return readable(*run) ? QString() : run->problem;
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
    if (role == Qt::ToolTipRole) {
        return headerTip(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList titles = {tr("Name"),    tr("State"),      tr("Preset"),  tr("Data"),
                                tr("Network"), tr("Parameters"), tr("Epochs"),  tr("Validation"),
                                tr("Test"),    tr("Time"),       tr("Started"), tr("Note")};
    return titles.value(section);
}

QString RunsModel::headerTip(int section)
{
    switch (section) {
    case Name:
        return tr("Tick a run to lay its curves over the others in the charts (Space); F2 renames it.");
    case Parameters:
        return tr("How many numbers the network learns.");
    case Validation:
        return tr("The part of the validation images that the best epoch read right.");
    case Test:
        return tr("The part of the test images that the best weights read right.");
    case Duration:
        return tr("Time spent in training, pauses left out.");
    case Note:
        return tr("Whatever you want to remember of a run: click a selected cell to write.");
    default:
        return tr("Click to sort, drag to move the column.");
    }
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
