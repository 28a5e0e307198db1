#include "ui/training/runspanel.h"

#include "core/learning/runfolder.h"
#include "ui/training/comparedialog.h"
#include "ui/training/runsdelegate.h"
#include "ui/training/runsmodel.h"
#include "ui/widgets/taborder.h"

#include <QAction>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int longestNameWidth = 220;

QString columnsKey()
{
    return QStringLiteral("training/runColumns");
}

bool canGoOn(const RunRecord& run)
{
    const bool trained = run.state == RunState::Completed || run.state == RunState::Stopped;
    return run.state == RunState::Interrupted || (trained && run.hasLast);
}

} // namespace

RunsPanel::RunsPanel(RunStore* store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new RunsModel(store, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView(this))
    , m_filter(new QLineEdit(this))
    , m_empty(new QLabel(this))
{
    makeTable();
    makeFilter();
    makeKeys();
    makeButtons();
    layOut();
    connect(m_store, &RunStore::changed, this, &RunsPanel::showEmpty);
    connect(m_store, &RunStore::changed, this, &RunsPanel::showButtons);
    connect(m_store, &RunStore::failed, this,
            [this](const QString& text) { Q_EMIT message(Tone::Error, text); });
    showEmpty();
    showButtons();
}

RunsPanel::~RunsPanel()
{
    QSettings().setValue(columnsKey(), m_table->horizontalHeader()->saveState());
}

void RunsPanel::makeTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunsModel::SortRole);
    m_sorted->setFilterKeyColumn(-1); // Any column.
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new RunsDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::SelectedClicked); // F2 is in makeKeys().
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setIconSize(QSize(26, 12));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->resizeSection(RunsModel::Name, longestNameWidth);
    header->setStretchLastSection(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunsModel::Started, Qt::DescendingOrder);
    header->restoreState(QSettings().value(columnsKey()).toByteArray());
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &RunsPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPanel::showButtons);
}

void RunsPanel::makeFilter()
{
    m_filter->setObjectName(QStringLiteral("runFilter"));
    m_filter->setPlaceholderText(tr("Filter runs"));
    m_filter->setToolTip(tr("Shows the runs that have this in any column (Ctrl+F)."));
    m_filter->setAccessibleName(tr("Filter runs"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_sorted->setFilterFixedString(text);
        showEmpty();
        showButtons();
    });
}

void RunsPanel::makeKeys()
{
    const auto add = [this](QWidget* widget, const QKeySequence& keys, Qt::ShortcutContext context,
                            auto method) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(context);
        widget->addAction(action);
        connect(action, &QAction::triggered, this, method);
    };
    add(m_table, QKeySequence::Delete, Qt::WidgetShortcut, &RunsPanel::moveToTrash);
    add(m_table, Qt::Key_Space, Qt::WidgetShortcut, &RunsPanel::toggleShown);
    add(m_table, Qt::Key_F2, Qt::WidgetShortcut, [this] {
        const bool note = m_table->currentIndex().column() == RunsModel::Note;
        editCell(note ? RunsModel::Note : RunsModel::Name);
    });
    add(this, QKeySequence::Find, Qt::WidgetWithChildrenShortcut, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
}

QPushButton* RunsPanel::addButton(const QString& text, const char* name, const QString& toolTip)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(toolTip);
    return button;
}

void RunsPanel::makeButtons()
{
    m_options = addButton(tr("Copy o&ptions"), "copyOptions",
                          tr("Puts the options and data of the selected run into the form on the left."));
    m_draw = addButton(tr("Dra&w with"), "drawWithRun",
                       tr("Reads drawings with the selected run's model: its best, or its last one."));
    auto* menu = new QMenu(m_draw);
    connect(menu->addAction(tr("Best model")), &QAction::triggered, this, [this] { useModel(true); });
    connect(menu->addAction(tr("Last model")), &QAction::triggered, this, [this] { useModel(false); });
    m_draw->setMenu(menu);
    m_goOn = addButton(tr("Resu&me"), "goOnWithRun", {});
    m_compare = addButton(tr("Com&pare"), "compareRuns",
                          tr("Shows two selected runs side by side, and where their options differ."));
    m_trash = addButton(tr("Delete"), "deleteRun", tr("Moves the selected runs to the trash (Delete)."));
    connect(m_options, &QPushButton::clicked, this, &RunsPanel::useOptions);
    connect(m_goOn, &QPushButton::clicked, this, &RunsPanel::goOn);
    connect(m_compare, &QPushButton::clicked, this, &RunsPanel::compare);
    connect(m_trash, &QPushButton::clicked, this, &RunsPanel::moveToTrash);
}

void RunsPanel::layOut()
{
    m_empty->setObjectName(QStringLiteral("noRuns"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_filter, 1);
    for (QPushButton* button : {m_options, m_draw, m_goOn, m_compare, m_trash}) {
        row->addWidget(button);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
    orderTabsAsSeen(this);
}

void RunsPanel::setLiveRun(const QString& folder)
{
    m_live = folder;
    showButtons();
}

QStringList RunsPanel::selectedRuns() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(),
              [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    QStringList folders;
    for (const QModelIndex& row : std::as_const(rows)) {
        folders += row.data(RunsModel::FolderRole).toString();
    }
    return folders;
}

const RunRecord* RunsPanel::single() const
{
    const QStringList selected = selectedRuns();
    return selected.size() == 1 ? m_store->run(selected.first()) : nullptr;
}

void RunsPanel::showEmpty()
{
    const bool empty = m_sorted->rowCount() == 0;
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    if (!m_store->loaded()) {
        m_empty->setText(tr("Reading the runs…"));
    } else if (m_store->runs().empty()) {
        m_empty->setText(tr("No runs yet. Choose a preset and press Start: every run is kept here, with its "
                            "options, curves and models."));
    } else {
        m_empty->setText(tr("No run has “%1” in any column.").arg(m_filter->text()));
    }
}

void RunsPanel::showButtons()
{
    const RunRecord* run = single();
    const bool readable = run != nullptr && run->state != RunState::Damaged && run->state != RunState::Newer;
    m_options->setEnabled(readable);
    m_draw->setEnabled(readable && (run->hasBest || run->hasLast));
    m_draw->menu()->actions().first()->setEnabled(readable && run->hasBest);
    m_draw->menu()->actions().last()->setEnabled(readable && run->hasLast);
    const bool interrupted = readable && run->state == RunState::Interrupted;
    m_goOn->setText(readable && !interrupted ? tr("Train &more…") : tr("Resu&me"));
    m_goOn->setToolTip(!m_live.isEmpty() ? tr("A run is in progress.")
                       : interrupted     ? tr("Goes on where the run was interrupted.")
                                         : tr("Trains the selected run for more epochs."));
    m_goOn->setEnabled(readable && m_live.isEmpty() && canGoOn(*run));
    m_compare->setEnabled(selectedRuns().size() == 2);
    m_trash->setEnabled(!selectedRuns().isEmpty());
}

void RunsPanel::openMenu(QPoint place)
{
    const RunRecord* run = single();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu, this](const QString& text, bool enabled, auto method) {
        QAction* action = menu->addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, method);
    };
    add(tr("Copy options into the form"), m_options->isEnabled(), [this] { useOptions(); });
    add(tr("Draw with the best model"), run != nullptr && run->hasBest, [this] { useModel(true); });
    add(tr("Draw with the last model"), run != nullptr && run->hasLast, [this] { useModel(false); });
    add(m_goOn->text().remove(u'&'), m_goOn->isEnabled(), [this] { goOn(); });
    menu->addSeparator();
    add(tr("Rename\tF2"), m_options->isEnabled(), [this] { editCell(RunsModel::Name); });
    add(tr("Write a note"), m_options->isEnabled(), [this] { editCell(RunsModel::Note); });
    add(tr("Compare"), m_compare->isEnabled(), [this] { compare(); });
    menu->addSeparator();
    add(tr("Open folder"), run != nullptr, [this] { openFolder(); });
    add(tr("Move to trash\tDel"), m_trash->isEnabled(), [this] { moveToTrash(); });
    menu->popup(m_table->viewport()->mapToGlobal(place));
}

void RunsPanel::editCell(int column)
{
    const QStringList selected = selectedRuns();
    if (selected.size() == 1) {
        const QModelIndex cell =
            m_sorted->mapFromSource(m_model->index(m_model->rowOf(selected.first()), column));
        m_table->setCurrentIndex(cell);
        m_table->edit(cell);
    }
}

/// All of the selected runs, or none where all are shown already.
void RunsPanel::toggleShown()
{
    const QStringList selected = selectedRuns();
    const QStringList shown = m_model->shownRuns();
    const bool all = std::all_of(selected.begin(), selected.end(),
                                 [&shown](const QString& folder) { return shown.contains(folder); });
    m_model->showRuns(selected, !all);
}

void RunsPanel::useOptions()
{
    if (const RunRecord* run = single()) {
        Q_EMIT optionsRequested(*run);
    }
}

void RunsPanel::useModel(bool best)
{
    if (const RunRecord* run = single()) {
        Q_EMIT modelRequested(best ? bestModelPath(run->folder) : lastModelPath(run->folder),
                              best ? tr("%1, best").arg(run->name) : tr("%1, last").arg(run->name));
    }
}

void RunsPanel::goOn()
{
    const RunRecord* run = single();
    if (run == nullptr || !m_live.isEmpty() || !canGoOn(*run)) {
        return;
    }
    if (run->state == RunState::Interrupted) {
        Q_EMIT resumeRequested(run->folder);
    } else {
        askForEpochs(*run);
    }
}

void RunsPanel::askForEpochs(const RunRecord& run)
{
    constexpr int most = 10'000;
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("moreEpochs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Train more"));
    dialog->setLabelText(
        tr("“%1” has %2 epochs behind it. For how many more?").arg(run.name).arg(run.epochsDone));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, std::max(1, most - run.epochsDone));
    dialog->setIntValue(std::clamp(run.epochsDone, 1, most));
    dialog->setOkButtonText(tr("Train"));
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this, folder = run.folder](int epochs) { Q_EMIT continueRequested(folder, epochs); });
    dialog->open();
}

void RunsPanel::compare()
{
    const QStringList selected = selectedRuns();
    if (selected.size() != 2) {
        return;
    }
    const RunRecord* a = m_store->run(selected.first());
    const RunRecord* b = m_store->run(selected.last());
    if (a == nullptr || b == nullptr) {
        return;
    }
    m_model->showRuns(selected, true);
    auto* dialog = new CompareDialog(*a, *b, this);
    dialog->setObjectName(QStringLiteral("compareDialog"));
    dialog->show(); // The charts with both curves stay in reach.
}

void RunsPanel::openFolder()
{
    if (const RunRecord* run = single();
        run != nullptr && !QDesktopServices::openUrl(QUrl::fromLocalFile(run->folder))) {
        Q_EMIT message(Tone::Warning, tr("No program opened the folder; it is “%1”.").arg(run->folder));
    }
}

void RunsPanel::moveToTrash()
{
    for (const QString& folder : selectedRuns()) {
        if (folder == m_live) {
            Q_EMIT message(Tone::Warning, tr("The run in progress cannot be deleted; stop it first."));
        } else {
            m_store->moveToTrash(folder);
        }
    }
}

} // namespace digitpad
