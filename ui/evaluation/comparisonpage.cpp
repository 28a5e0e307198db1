#include "ui/evaluation/comparisonpage.h"

#include "ui/data/datatext.h"
#include "ui/evaluation/pairitems.h"
#include "ui/gallery/imagegallery.h"
#include "ui/training/formfield.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace digitpad {

namespace {

/// Of a model's name above its column, in logical pixels; the tooltip has all of it.
constexpr int headerRoom = 112;

} // namespace

ComparisonPage::ComparisonPage(QWidget* parent)
    : QWidget(parent)
    , m_items(new PairItems(this))
    , m_message(new MessageBar(this))
{
    setObjectName(QStringLiteral("comparisonPage"));
    auto* nothing = new NoteLabel(
        tr("Nothing is evaluated yet. Evaluate a model, and then others on the same images."), this);
    nothing->setObjectName(QStringLiteral("comparisonEmpty"));
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setWordWrap(true);
    m_nothing = nothing;
    m_message->setObjectName(QStringLiteral("comparisonMessage"));
    m_body = makeBody();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_message);
    layout->addWidget(m_nothing, 1);
    layout->addWidget(m_body, 1);
    connect(m_firstBox, &QComboBox::activated, this, [this](int index) {
        m_first = m_evaluations.value(index);
        showPair();
    });
    connect(m_secondBox, &QComboBox::activated, this, [this](int index) {
        m_second = m_evaluations.value(index);
        showPair();
    });
    connect(m_filter, &QComboBox::activated, this,
            [this] { m_items->setFilter(static_cast<PairItems::Filter>(m_filter->currentData().toInt())); });
    connect(m_items, &GalleryItems::reset, this, &ComparisonPage::showCurrent);
    connect(m_gallery, &ImageGallery::currentChanged, this, &ComparisonPage::showCurrent);
    connect(m_gallery, &ImageGallery::activated, this, &ComparisonPage::toPad);
    connect(m_toPad, &QAction::triggered, this, [this] { toPad(m_gallery->current()); });
    setEvaluations({});
}

ComparisonPage::~ComparisonPage()
{
    m_gallery->setItems(nullptr); // The items go first, and the gallery would tell of that.
}

void ComparisonPage::keepComparable(const QList<std::shared_ptr<const EvaluationData>>& evaluations)
{
    m_evaluations.clear();
    m_places.clear();
    QStringList others;
    for (int i = 0; i < evaluations.size(); ++i) {
        if (sameImages(*evaluations[i]->set, *evaluations.back()->set)) {
            m_evaluations.append(evaluations[i]);
            m_places.append(i);
        } else {
            others += tr("“%1” on %2 (%3)", "model on data (images)")
                          .arg(evaluations[i]->model, evaluations[i]->data,
                               imagesText(static_cast<qint64>(evaluations[i]->set->size())));
        }
    }
    m_names = distinctNames(m_evaluations);
    if (others.isEmpty()) {
        m_message->dismiss();
        return;
    }
    m_message->showMessage(
        Tone::Warning, tr("Left out, because other images cannot be compared: %1. Evaluate these models on "
                          "%2 too to see them here.")
                           .arg(others.join(QStringLiteral(", ")), evaluations.back()->data));
}

void ComparisonPage::setEvaluations(const QList<std::shared_ptr<const EvaluationData>>& evaluations)
{
    keepComparable(evaluations);
    m_nothing->setVisible(m_evaluations.isEmpty());
    m_body->setVisible(!m_evaluations.isEmpty());
    m_pair->setVisible(m_evaluations.size() > 1);
    m_alone->setVisible(m_evaluations.size() == 1);
    fillTable();
    fillPairBoxes();
    showPair();
}

void ComparisonPage::fillTable()
{
    const QList<ComparedFigure> rows = comparedFigures(m_evaluations);
    const int columns = static_cast<int>(m_evaluations.size());
    m_table->clear();
    m_table->setRowCount(static_cast<int>(rows.size()) + 1);
    m_table->setColumnCount(columns);
    const ToneColors best = toneColors(palette(), Tone::Success);
    for (int row = 0; row < rows.size(); ++row) {
        auto* name = new QTableWidgetItem(rows[row].name);
        name->setToolTip(rows[row].tip);
        m_table->setVerticalHeaderItem(row, name);
        for (int column = 0; column < columns; ++column) {
            auto* item = new QTableWidgetItem(rows[row].texts[column]);
            item->setTextAlignment(Qt::AlignCenter);
            item->setToolTip(rows[row].tip);
            if (rows[row].isBest(column)) {
                QFont bold = font();
                bold.setBold(true);
                item->setFont(bold);
                item->setBackground(best.background);
                item->setForeground(best.text);
                item->setData(Qt::AccessibleTextRole, tr("%1, the best").arg(rows[row].texts[column]));
            }
            m_table->setItem(row, column, item);
        }
    }
    const int last = static_cast<int>(rows.size());
    m_table->setVerticalHeaderItem(last, new QTableWidgetItem(QString()));
    for (int column = 0; column < columns; ++column) {
        const EvaluationData& evaluation = *m_evaluations[column];
        auto* name =
            new QTableWidgetItem(fontMetrics().elidedText(m_names[column], Qt::ElideMiddle, headerRoom));
        name->setToolTip(
            tr("%1\non %2\n%3")
                .arg(m_names[column], evaluation.data,
                     numberLocale().toString(evaluation.made.toLocalTime(), QLocale::ShortFormat)));
        m_table->setHorizontalHeaderItem(column, name);
        auto* remove = new QToolButton(m_table);
        remove->setObjectName(QStringLiteral("removeEvaluation%1").arg(column));
        remove->setText(tr("Remove"));
        remove->setAutoRaise(true);
        remove->setToolTip(tr("Takes “%1” out of the comparison").arg(m_names[column]));
        const int place = m_places[column];
        // Queued: the table, and with it the button, is filled anew by whoever removes.
        connect(
            remove, &QToolButton::clicked, this, [this, place] { Q_EMIT removeRequested(place); },
            Qt::QueuedConnection);
        m_table->setCellWidget(last, column, remove);
        m_table->setItem(last, column, new QTableWidgetItem);
    }
    m_table->horizontalHeader()->setSectionResizeMode(columns <= 3 ? QHeaderView::Stretch
                                                                   : QHeaderView::Interactive);
}

void ComparisonPage::fillPairBoxes()
{
    const qsizetype count = m_evaluations.size();
    if (!m_evaluations.contains(m_second) || m_second == nullptr) {
        m_second = count > 0 ? m_evaluations.back() : nullptr;
    }
    if (!m_evaluations.contains(m_first) || m_first == nullptr || m_first == m_second) {
        // The newest that is not the second.
        m_first = nullptr;
        for (qsizetype i = count - 1; i >= 0 && !m_first; --i) {
            m_first = m_evaluations[i] != m_second ? m_evaluations[i] : nullptr;
        }
    }
    for (QComboBox* box : {m_firstBox, m_secondBox}) {
        box->clear();
        box->addItems(m_names);
        box->setCurrentIndex(static_cast<int>(m_evaluations.indexOf(box == m_firstBox ? m_first : m_second)));
    }
}

void ComparisonPage::showPair()
{
    if (!m_first || !m_second) {
        m_items->setPair({}, {}, {});
        m_verdict->clear();
        return;
    }
    const ModelComparison comparison = compareReadings(m_first->readings, m_second->readings);
    m_verdict->setText(m_first == m_second
                           ? tr("These are one and the same. Choose two different models.")
                           : pairText(m_names.value(m_firstBox->currentIndex()),
                                      m_names.value(m_secondBox->currentIndex()), comparison));
    m_items->setPair(m_first, m_second, comparison.differing);
    fillFilter();
}

void ComparisonPage::fillFilter()
{
    const PairItems::Filter chosen = m_items->filter();
    m_filter->clear();
    const auto add = [this](const QString& text, PairItems::Filter filter) {
        m_filter->addItem(tr("%1 (%2)", "filter (count)").arg(text, countText(m_items->countOf(filter))),
                          static_cast<int>(filter));
    };
    add(tr("All that differ"), PairItems::Filter::All);
    add(tr("A alone right"), PairItems::Filter::OnlyFirst);
    add(tr("B alone right"), PairItems::Filter::OnlySecond);
    add(tr("Neither right"), PairItems::Filter::Neither);
    m_filter->setCurrentIndex(m_filter->findData(static_cast<int>(chosen)));
}

void ComparisonPage::showCurrent()
{
    const int row = m_gallery->current();
    const bool some = row >= 0 && row < m_items->count();
    m_toPad->setEnabled(some);
    if (some) {
        m_current->setText(m_items->description(row));
    } else if (m_items->count() > 0) {
        m_current->setText(tr("A badge tells which of the two alone is right."));
    } else {
        m_current->setText(tr("There are no such images."));
    }
}

void ComparisonPage::toPad(int row)
{
    if (row >= 0 && row < m_items->count()) {
        Q_EMIT padRequested(m_items->imageAt(row));
    }
}

bool ComparisonPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        const int column = m_table->currentColumn();
        if (column >= 0 && column < m_places.size()) {
            Q_EMIT removeRequested(m_places[column]);
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ComparisonPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_table != nullptr) {
        fillTable(); // The marks have colours of their own.
    }
}

} // namespace digitpad
