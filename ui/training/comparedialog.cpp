#include "ui/training/comparedialog.h"

#include "ui/training/runsmodel.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace digitpad {

namespace {

/// One line of the comparison: what it is called, and what either run has.
struct Row
{
    QString what;
    QString a;
    QString b;
};

QString percent(double part)
{
    return part < 0 ? QStringLiteral("–") : percentText(part, 2);
}

QString valueText(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Undefined:
    case QJsonValue::Null:
        return QStringLiteral("–");
    case QJsonValue::Bool:
        return value.toBool() ? CompareDialog::tr("yes") : CompareDialog::tr("no");
    case QJsonValue::Double:
        return QLocale::c().toString(value.toDouble(), 'g', 10);
    case QJsonValue::Array: {
        QStringList parts;
        for (const QJsonValue& each : value.toArray()) {
            parts += valueText(each);
        }
        return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(", "));
    }
    default:
        return value.toString();
    }
}

/// "learningRate" reads as "learning rate".
QString words(const QString& key)
{
    QString text;
    for (const QChar c : key) {
        text += c.isUpper() ? u' ' + QString(c.toLower()) : QString(c);
    }
    return text;
}

/// The members of both, those of objects within them one by one.
void addOptions(QList<Row>& rows, const QJsonObject& a, const QJsonObject& b)
{
    QStringList keys = a.keys();
    for (const QString& key : b.keys()) {
        if (!keys.contains(key)) {
            keys += key;
        }
    }
    for (const QString& key : std::as_const(keys)) {
        if (a[key].isObject() || b[key].isObject()) {
            addOptions(rows, a[key].toObject(), b[key].toObject());
        } else if (key != u"format" && key != u"version") {
            rows += {words(key), valueText(a[key]), valueText(b[key])};
        }
    }
}

QList<Row> rowsOf(const RunRecord& a, const RunRecord& b)
{
    const auto epochs = [](const RunRecord& run) { return countText(run.epochsDone); };
    QList<Row> rows = {
        {CompareDialog::tr("state"), runStateText(a.state), runStateText(b.state)},
        {CompareDialog::tr("best validation accuracy"), percent(a.bestValidationAccuracy),
         percent(b.bestValidationAccuracy)},
        {CompareDialog::tr("test accuracy"), percent(a.testAccuracy), percent(b.testAccuracy)},
        {CompareDialog::tr("epochs done"), epochs(a), epochs(b)},
        {CompareDialog::tr("time"), durationText(a.seconds), durationText(b.seconds)},
        {CompareDialog::tr("parameters"), countText(a.parameters), countText(b.parameters)},
        {CompareDialog::tr("training images"), countText(a.trainingImages), countText(b.trainingImages)},
        {CompareDialog::tr("device"), a.device, b.device},
    };
    addOptions(rows, toJson(a.options), toJson(b.options));
    return rows;
}

void fill(QTableWidget* table, const QList<Row>& rows)
{
    const ToneColors marked = toneColors(table->palette(), Tone::Warning);
    table->setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < table->rowCount(); ++i) {
        const Row& row = rows[i];
        const bool differs = row.a != row.b;
        const QStringList texts = {differs ? QStringLiteral("≠ ") + row.what : row.what, row.a, row.b};
        for (int column = 0; column < texts.size(); ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            item->setToolTip(texts[column]);
            QFont font = item->font();
            font.setBold(differs);
            item->setFont(font);
            if (differs) {
                item->setBackground(marked.background);
                item->setForeground(marked.text);
            }
            table->setItem(i, column, item);
        }
    }
}

void showRows(QTableWidget* table, bool differingOnly)
{
    for (int i = 0; i < table->rowCount(); ++i) {
        table->setRowHidden(i, differingOnly && table->item(i, 1)->text() == table->item(i, 2)->text());
    }
}

} // namespace

CompareDialog::CompareDialog(const RunRecord& a, const RunRecord& b, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Compare runs"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* table = new QTableWidget(0, 3, this);
    table->setObjectName(QStringLiteral("comparison"));
    table->setHorizontalHeaderLabels({QString(), a.name, b.name});
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    fill(table, rowsOf(a, b));
    auto* only = new QCheckBox(tr("Only what &differs"), this);
    only->setObjectName(QStringLiteral("onlyDiffering"));
    connect(only, &QCheckBox::toggled, table, [table](bool on) { showRows(table, on); });
    only->setChecked(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table, 1);
    layout->addWidget(only);
    layout->addWidget(buttons);
    resize(640, 520);
}

} // namespace digitpad
