#!/usr/bin/env python3
"""Writes the tables that the indicators are compared with: bars.csv, flow.csv, trades.csv and candles.csv.

    pip install pandas TA-Lib
    python3 make-reference.py

The inputs are made here, from a seed. The expected figures come from TA-Lib (averages, RSI, MACD, ATR, bands,
extremes), from pandas (rolling sums, logarithmic returns, resampled candles), and for what neither has from the
definition, written out over whole columns rather than value by value. An empty cell is a figure that is not there
yet. Written with pandas 3.1.1, numpy 2.4.6 and TA-Lib 0.8.2.
"""
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import talib

HERE = Path(__file__).resolve().parent
ROWS = 400


def write(table, name):
    table.to_csv(HERE / name, index=False, float_format="%.15g", lineterminator="\n")


def bars(random):
    """Prices of a walk with changing volatility, a jump, and a stretch without movement."""
    step = random.normal(0, 1, ROWS) * np.where(np.arange(ROWS) % 150 < 75, 8.0, 40.0)
    step[200] += 900
    step[300:318] = 0
    close = np.round(60000 + np.cumsum(step), 2)
    before = np.concatenate([[60000.0], close[:-1]])
    high = np.round(np.maximum(close, before) + np.abs(random.normal(0, 6, ROWS)), 2)
    low = np.round(np.minimum(close, before) - np.abs(random.normal(0, 6, ROWS)), 2)
    volume = np.round(random.exponential(2, ROWS) + 0.001, 3)

    table = pd.DataFrame({"high": high, "low": low, "close": close, "volume": volume})
    price = table["close"]
    table["sma"] = talib.SMA(close, 10)
    table["ema"] = talib.EMA(close, 10)
    table["wma"] = talib.WMA(close, 10)
    table["rsi"] = talib.RSI(close, 14)
    line, signal, histogram = talib.MACD(close, 12, 26, 9)
    table["macd"], table["macd_signal"], table["macd_histogram"] = line, signal, histogram
    table["atr"] = talib.ATR(high, low, close, 14)
    upper, middle, lower = talib.BBANDS(close, 20, 2.0, 2.0, 0)
    table["bollinger_lower"], table["bollinger_middle"], table["bollinger_upper"] = lower, middle, upper
    table["donchian_lower"] = talib.MIN(low, 20)
    table["donchian_upper"] = talib.MAX(high, 20)
    squares = np.log(price).diff() ** 2
    table["volatility"] = np.sqrt(squares.rolling(20).mean() * 525600)
    windows = price.rolling(15)
    # A window of equal prices has no score.
    score = (price - windows.mean()) / windows.apply(np.std, raw=True)
    table["z_score"] = score.where(windows.max() > windows.min())
    table["vwap"] = (price * volume).rolling(20).sum() / pd.Series(volume).rolling(20).sum()
    write(table, "bars.csv")


def flow(random):
    """Quotes and trades of a market with small sizes: the columns of a row are one quote and one trade."""
    bid = 10000 + np.cumsum(random.integers(-2, 3, ROWS))
    table = pd.DataFrame({"bid": bid, "ask": bid + random.integers(1, 4, ROWS)})
    table["bid_size"] = random.integers(0, 50, ROWS)
    table["ask_size"] = random.integers(0, 50, ROWS)
    table["price"] = table["bid"] + random.integers(0, 2, ROWS)
    table["quantity"] = np.where(random.random(ROWS) < 0.03, 300, random.integers(1, 20, ROWS))
    table["buys"] = (random.random(ROWS) < 0.5).astype(int)
    # Seconds; sessions of an hour, one of which has no trades.
    gaps = random.integers(1, 60, ROWS)
    gaps[250] = 7500
    table["second"] = 1_700_000_000 + np.cumsum(gaps)

    size = table["bid_size"] + table["ask_size"]
    weighted = (table["bid"] * table["ask_size"] + table["ask"] * table["bid_size"]) / size
    table["microprice"] = weighted.where(size > 0, (table["bid"] + table["ask"]) / 2)

    before = table.shift(1)
    gone = (table["bid"] <= before["bid"]) * before["bid_size"] + (table["ask"] <= before["ask"]) * table["ask_size"]
    come = (table["bid"] >= before["bid"]) * table["bid_size"] + (table["ask"] >= before["ask"]) * before["ask_size"]
    table["imbalance"] = (come - gone).rolling(10).sum()

    sessions = (table["price"] * table["quantity"]).groupby(table["second"] // 3600).cumsum()
    table["session_vwap"] = sessions / table["quantity"].groupby(table["second"] // 3600).cumsum()
    table["vpin"] = vpin(table["quantity"].to_list(), table["buys"].to_list(), 70, 8)
    write(table, "flow.csv")


def vpin(quantities, buys, bucket, count):
    """By the cumulative volume: what had been bought when the market had traded k buckets, exactly."""
    traded, bought = [0], [0]
    for quantity, is_buy in zip(quantities, buys):
        traded.append(traded[-1] + quantity)
        bought.append(bought[-1] + quantity * is_buy)

    def bought_at(volume):
        index = int(np.searchsorted(traded, volume, side="left"))
        if index == 0:
            return Fraction(0)
        share = Fraction(volume - traded[index - 1], traded[index] - traded[index - 1])
        return bought[index - 1] + share * (bought[index] - bought[index - 1])

    marks = [bought_at(k * bucket) for k in range(traded[-1] // bucket + 1)]
    imbalances = [abs(2 * (b - a) - bucket) for a, b in zip(marks, marks[1:])]
    figures = []
    for total in traded[1:]:
        full = total // bucket
        newest = imbalances[full - count : full] if full >= count else None
        figures.append(float(sum(newest) / (count * bucket)) if newest else np.nan)
    return figures


def candles(random):
    """Trades at uneven times, and what pandas makes of them by minutes: money in cents and lots, exact."""
    gaps = random.exponential(25_000, ROWS).astype(int) + 1
    gaps[120] = 400_000
    table = pd.DataFrame({"millisecond": 1_700_000_012_345 + np.cumsum(gaps)})
    table["cents"] = 6_000_000 + np.cumsum(random.integers(-500, 501, ROWS))
    table["lots"] = random.integers(1, 2_000, ROWS)
    table["buys"] = (random.random(ROWS) < 0.5).astype(int)
    write(table, "trades.csv")

    table["turnover"] = table["cents"] * table["lots"]
    table["bought"] = table["lots"] * table["buys"]
    minutes = table.set_index(pd.to_datetime(table["millisecond"], unit="ms")).resample("1min")
    made = minutes["cents"].ohlc()
    made["lots"] = minutes["lots"].sum()
    made["bought"] = minutes["bought"].sum()
    made["turnover"] = minutes["turnover"].sum()
    made["count"] = minutes["lots"].count()
    made["close"] = made["close"].ffill()
    for column in ["open", "high", "low"]:
        made[column] = made[column].fillna(made["close"])
    made.insert(0, "second", (made.index - pd.Timestamp(0)) // pd.Timedelta("1s"))
    write(made.astype("int64"), "candles.csv")


if __name__ == "__main__":
    bars(np.random.default_rng(1))
    flow(np.random.default_rng(2))
    candles(np.random.default_rng(3))
