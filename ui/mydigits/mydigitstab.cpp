#include "ui/mydigits/mydigitstab.h"

#include "ui/mydigits/labelfilter.h"
#include "ui/mydigits/mydigitsmodel.h"
#include "ui/widgets/floatingmessage.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr std::size_t undoSteps = 100;

enum Page { Grid, Empty };

QString folderSetting()
{
    return QStringLiteral("mydigits/folder");
}

QString collectionFilter()
{
    return MyDigitsTab::tr("Collections (%1)").arg(QStringLiteral("*.jsonl *.jsonl.gz"));
}

/// "1 drawing", "1,234 drawings".
QString drawings(std::size_t count)
{
    return count == 1 ? MyDigitsTab::tr("1 drawing")
                      : MyDigitsTab::tr("%1 drawings").arg(QLocale().toString(qulonglong{count}));
}

} // namespace

MyDigitsTab::MyDigitsTab(MyDigits* digits, QWidget* parent)
    : QWidget(parent)
    , m_digits(digits)
    , m_model(new MyDigitsModel(digits, this))
    , m_filter(new LabelFilter(this))
    , m_view(new QListView(this))
    , m_pages(new QStackedWidget(this))
    , m_message(new FloatingMessage(this))
{
    setObjectName(QStringLiteral("myDigitsTab"));
    layOut();
    connectDigits();
    refresh();
}

void MyDigitsTab::connectDigits()
{
    connect(m_digits, &MyDigits::changed, this, &MyDigitsTab::refresh);
    connect(m_digits, &MyDigits::stateChanged, this, &MyDigitsTab::refresh);
    connect(m_digits, &MyDigits::imported, this, &MyDigitsTab::onImported);
    connect(m_digits, &MyDigits::exported, this, [this](const QString& path, int count) {
        say(Tone::Success, tr("Saved %1 as “%2”.")
                               .arg(drawings(static_cast<std::size_t>(count)), QFileInfo(path).fileName()));
    });
    connect(m_filter, &LabelFilter::labelChanged, this, [this](int label) {
        m_model->setLabel(label);
        refresh();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &MyDigitsTab::refreshSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &MyDigitsTab::refreshSelection);
    connect(m_view, &QListView::doubleClicked, this, &MyDigitsTab::openCurrent);
}

std::vector<quint64> MyDigitsTab::selectedIds() const
{
    std::vector<quint64> ids;
    for (const QModelIndex& index : m_view->selectionModel()->selectedIndexes()) {
        ids.push_back(m_model->idAt(index.row()));
    }
    return ids;
}

void MyDigitsTab::select(const std::vector<quint64>& ids)
{
    QItemSelection selection;
    QModelIndex first;
    for (const quint64 id : ids) {
        if (const int row = m_model->rowOf(id); row >= 0) {
            const QModelIndex index = m_model->index(row);
            selection.select(index, index);
            first = first.isValid() ? first : index;
        }
    }
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (first.isValid()) {
        m_view->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    }
}

void MyDigitsTab::refresh()
{
    const auto& digits = m_digits->digits();
    m_filter->setCounts(m_digits->counts());
    m_filter->setVisible(!digits.empty());
    m_export->setEnabled(!digits.empty());
    m_learn->setEnabled(!digits.empty());
    QString summary = digits.empty() ? QString() : tr("%1 of your own").arg(drawings(digits.size()));
    if (const int others = m_digits->otherLines(); others > 0) {
        summary += tr(" · %n line(s) of the file are no digits and stay as they are", nullptr, others);
    }
    m_summary->setText(summary);
    m_summary->setToolTip(QDir::toNativeSeparators(m_digits->path()));
    const bool grid = m_model->rowCount() > 0;
    if (m_digits->state() == MyDigits::State::Failed && digits.empty()) {
        showProblemPage();
    } else if (!grid) {
        showEmptyPage();
    }
    m_pages->setCurrentIndex(grid ? Grid : Empty);
    refreshSelection();
}

void MyDigitsTab::showEmptyPage()
{
    const bool loading = m_digits->state() == MyDigits::State::Loading;
    const bool none = m_digits->digits().empty();
    m_emptyDraw->setVisible(!loading);
    m_emptyImport->setVisible(!loading && none);
    m_tryAgain->hide();
    if (loading) {
        m_emptyTitle->setText(tr("Your digits are being read…"));
        m_emptyText->clear();
    } else if (none) {
        m_emptyTitle->setText(tr("No digits of yours yet"));
        m_emptyText->setText(
            tr("Draw a digit and press its key, 0 to 9, or click its bar. The drawing is kept here with "
               "that label, to learn your hand from."));
    } else {
        m_emptyTitle->setText(tr("No %1 of yours yet").arg(m_model->label()));
        m_emptyText->setText(tr("Draw one and press the key %1, or click its bar.").arg(m_model->label()));
    }
}

void MyDigitsTab::showProblemPage()
{
    m_emptyTitle->setText(tr("Your digits cannot be read"));
    m_emptyText->setText(m_digits->message());
    m_emptyDraw->hide();
    m_emptyImport->hide();
    m_tryAgain->show();
}

std::size_t MyDigitsTab::selectedCount() const
{
    std::size_t count = 0;
    for (const QItemSelectionRange& range : m_view->selectionModel()->selection()) {
        count += static_cast<std::size_t>(range.height());
    }
    return count;
}

void MyDigitsTab::refreshSelection()
{
    const std::size_t count = selectedCount();
    for (QAction* action : m_labelActions) {
        action->setEnabled(count > 0);
    }
    m_relabel->setEnabled(count > 0);
    m_remove->setEnabled(count > 0);
    m_open->setEnabled(count == 1);
    m_undo->setEnabled(!m_changes.empty());
    m_foot->setVisible(m_undo->isEnabled() || !m_digits->digits().empty());
    m_undo->setToolTip(m_changes.empty() ? tr("Undo (Ctrl+Z)")
                                         : tr("Undo (Ctrl+Z): %1").arg(m_changes.back().text));
    m_export->setToolTip(count > 0 ? tr("Save the selected digits as JSON Lines")
                                   : tr("Save all your digits as JSON Lines"));
    if (m_model->rowCount() == 0) {
        m_selectionText->clear();
    } else if (count == 0) {
        m_selectionText->setText(tr("Select what is mislabelled and press the right digit’s key."));
    } else {
        m_selectionText->setText(tr("%1 selected").arg(drawings(count)));
    }
}

void MyDigitsTab::relabelSelected(int digit)
{
    const auto ids = selectedIds();
    auto before = m_digits->relabel(ids, digit);
    if (before.empty()) {
        return;
    }
    select(ids); // They moved; another key mends a slip.
    const QString text = tr("%1 relabelled as %2.").arg(drawings(before.size())).arg(digit);
    remember(text, std::move(before));
}

void MyDigitsTab::removeSelected()
{
    int row = m_model->rowCount();
    for (const QItemSelectionRange& range : m_view->selectionModel()->selection()) {
        row = std::min(row, range.top());
    }
    auto before = m_digits->remove(selectedIds());
    if (before.empty()) {
        return;
    }
    // The next one, for those who go on with the keyboard.
    if (const int rows = m_model->rowCount(); rows > 0) {
        m_view->setCurrentIndex(m_model->index(std::min(row, rows - 1)));
    }
    const QString text = tr("%1 deleted.").arg(drawings(before.size()));
    remember(text, std::move(before));
}

void MyDigitsTab::remember(const QString& text, std::vector<MyDigit> before)
{
    if (m_changes.size() == undoSteps) {
        m_changes.erase(m_changes.begin());
    }
    m_changes.push_back({text, std::move(before)});
    refreshSelection();
    say(Tone::Success, text, tr("Undo"), [this] { undo(); });
}

void MyDigitsTab::undo()
{
    if (m_changes.empty()) {
        return;
    }
    const Change change = std::move(m_changes.back());
    m_changes.pop_back();
    m_digits->restore(change.before);
    std::vector<quint64> ids;
    for (const MyDigit& digit : change.before) {
        ids.push_back(digit.id);
    }
    select(ids);
    m_message->dismiss();
    refreshSelection();
}

void MyDigitsTab::openCurrent()
{
    const auto ids = selectedIds();
    if (ids.size() == 1) {
        Q_EMIT openRequested(ids.front());
    }
}

void MyDigitsTab::importFrom(const QString& path)
{
    m_digits->importFrom(path);
}

void MyDigitsTab::exportTo(const QString& path)
{
    m_digits->exportTo(path, selectedIds());
}

void MyDigitsTab::onImported(const QString& path, int added, int duplicates, int skipped)
{
    QString text = added == 0
                       ? tr("Nothing new in “%1”.").arg(QFileInfo(path).fileName())
                       : tr("%1 added from “%2”.")
                             .arg(drawings(static_cast<std::size_t>(added)), QFileInfo(path).fileName());
    if (duplicates > 0) {
        text += u' ' + tr("%1 already here.").arg(drawings(static_cast<std::size_t>(duplicates)));
    }
    if (skipped > 0) {
        text += u' ' + tr("%1 of its lines are no labelled digits and were left out.").arg(skipped);
    }
    say(skipped > 0 ? Tone::Warning : added > 0 ? Tone::Success : Tone::Info, text);
}

QFileDialog* MyDigitsTab::makeDialog(const QString& title)
{
    auto* dialog = new QFileDialog(this, title, QSettings().value(folderSetting()).toString());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, dialog, [](const QString& path) {
        QSettings().setValue(folderSetting(), QFileInfo(path).absolutePath());
    });
    return dialog;
}

void MyDigitsTab::chooseImport()
{
    QFileDialog* dialog = makeDialog(tr("Import Digits"));
    dialog->setNameFilters({collectionFilter(), tr("All files (%1)").arg(QStringLiteral("*"))});
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MyDigitsTab::importFrom);
    dialog->open();
}

void MyDigitsTab::chooseExport()
{
    const std::size_t count = selectedCount();
    QFileDialog* dialog =
        makeDialog(count > 0 ? tr("Export %1").arg(drawings(count)) : tr("Export All Your Digits"));
    dialog->setNameFilters({tr("Collections (%1)").arg(QStringLiteral("*.jsonl"))});
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("jsonl"));
    dialog->selectFile(QStringLiteral("digits.jsonl"));
    connect(dialog, &QFileDialog::fileSelected, this, &MyDigitsTab::exportTo);
    dialog->open();
}

void MyDigitsTab::focusDigits()
{
    (m_pages->currentIndex() == Grid ? static_cast<QWidget*>(m_view) : m_emptyDraw)
        ->setFocus(Qt::OtherFocusReason);
}

void MyDigitsTab::say(Tone tone, const QString& text, const QString& actionText, std::function<void()> action)
{
    m_message->say(tone, text, actionText, std::move(action));
}

void MyDigitsTab::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        m_message->dismiss();
        return;
    }
    QWidget::keyPressEvent(event);
}

/// Another DigitPad may have kept digits meanwhile.
void MyDigitsTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_digits->state() == MyDigits::State::Ready && m_digits->saveProblem().isEmpty()) {
        m_digits->refresh();
    }
}

void MyDigitsTab::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitCells();
    }
}

bool MyDigitsTab::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize) {
        fitCells();
    }
    return QWidget::eventFilter(watched, event);
}

void MyDigitsTab::contextMenuEvent(QContextMenuEvent* event)
{
    if (selectedIds().empty()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_open);
    menu->addMenu(m_relabelMenu);
    menu->addAction(m_remove);
    menu->addSeparator();
    menu->addAction(tr("Export…"), this, &MyDigitsTab::chooseExport);
    menu->popup(event->globalPos());
}

} // namespace digitpad
