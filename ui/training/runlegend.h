#pragma once

#include <QListWidget>

#include <vector>

namespace digitpad {

/// A run in the legend.
struct LegendEntry
{
    QString id;
    QString name;
    int style = 0; ///< For runColor() and runDash().
    bool visible = true;

    bool operator==(const LegendEntry&) const = default;
};

/// The runs by name, each with its colour and dashes. A click, Space or Enter hides and shows one; the
/// context menu shows one alone, or all. As high as its lines, three at most.
class RunLegend : public QListWidget
{
    Q_OBJECT

public:
    explicit RunLegend(QWidget* parent = nullptr);

    void setEntries(const std::vector<LegendEntry>& entries);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The person asks for it; the entry stays as it is until setEntries().
    void visibilityWanted(const QString& id, bool visible);
    void onlyWanted(const QString& id);
    void allWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void toggle(const QListWidgetItem* item);
    void showEntry(QListWidgetItem* item, const LegendEntry& entry) const;
    void fitHeight();

    std::vector<LegendEntry> m_entries;
    int m_height = 0;
};

} // namespace digitpad
